import type { BroadcastMessage } from '#core/contracts/broadcast_content'
import type { Photo } from '#notifications/sender/photos'
import type { ClaimedRow } from '#notifications/sender/claimed_row'

export interface Call {
  method: string
  payload: Record<string, unknown>
}

type UsablePhoto = Exclude<Photo, { kind: 'busy' }>

/** The Bot API call that carries out a row. */
export function callFor(
  row: ClaimedRow,
  message: BroadcastMessage | null,
  photo: UsablePhoto | null,
  paid: boolean
): Call {
  if (row.operation === 'delete') return deletion(row)
  if (!message) throw new TypeError(`The outbox row ${row.id} has nothing to ${row.operation}`)
  return row.operation === 'edit' ? edit(row, message, photo) : sending(row, message, photo, paid)
}

/** Whether the call carries the photo itself, not only the text beneath it. */
export const carriesPhoto = (row: ClaimedRow, message: BroadcastMessage | null) =>
  Boolean(message?.photo) && (row.operation === 'send' || (row.operation === 'edit' && message!.replacesPhoto === true))

function sending(row: ClaimedRow, message: BroadcastMessage, photo: UsablePhoto | null, paid: boolean): Call {
  const common = {
    chat_id: row.chatId,
    message_thread_id: row.threadId ?? undefined,
    parse_mode: 'HTML',
    reply_markup: message.replyMarkup,
    disable_notification: message.silent || undefined,
    protect_content: message.protectContent || undefined,
    allow_paid_broadcast: paid || undefined,
  }
  if (!photo) return { method: 'sendMessage', payload: { ...common, text: message.html, ...linkPreview(message) } }
  const file = photo.kind === 'stored' ? photo.fileId : photo.upload
  return { method: 'sendPhoto', payload: { ...common, photo: file, caption: message.html || undefined } }
}

function edit(row: ClaimedRow, message: BroadcastMessage, photo: UsablePhoto | null): Call {
  const target = { chat_id: row.chatId, message_id: row.targetMessageId, reply_markup: message.replyMarkup }
  const text = { parse_mode: 'HTML' }
  if (!message.photo) {
    return { method: 'editMessageText', payload: { ...target, ...text, text: message.html, ...linkPreview(message) } }
  }
  if (!photo) return { method: 'editMessageCaption', payload: { ...target, ...text, caption: message.html } }
  const upload = photo.kind === 'upload' ? { file: photo.upload } : {}
  const media = { type: 'photo', media: photo.kind === 'stored' ? photo.fileId : 'attach://file', ...text }
  return { method: 'editMessageMedia', payload: { ...target, media: { ...media, caption: message.html }, ...upload } }
}

function deletion(row: ClaimedRow): Call {
  return { method: 'deleteMessage', payload: { chat_id: row.chatId, message_id: row.targetMessageId } }
}

const linkPreview = (message: BroadcastMessage) =>
  message.disableLinkPreview ? { link_preview_options: { is_disabled: true } } : {}
