import { h, icon, iconButton } from './dom.js'
import { isoOf, timeOf } from './dates.js'
import { formatted } from './entities.js'
import { inlineKeyboard } from './keyboard.js'
import { showPhoto } from './alerts.js'

/** One message as Telegram shows it. `actions` are those of entities and keyboards, and `reply`, `jump`. */
export function messageElement(message, { isOutgoing, showAuthor, actions }) {
  if (message.successful_payment) return service(`You paid ⭐️${message.successful_payment.total_amount}`)
  if (message.refunded_payment) return service(`⭐️${message.refunded_payment.total_amount} came back`)
  const bubble = h(
    'div',
    { class: message.photo ? 'bubble media' : 'bubble' },
    bubbleParts(message, showAuthor, actions)
  )
  return h(
    'article',
    { class: messageClass(message, isOutgoing), data: { id: message.message_id } },
    h(
      'div',
      { class: 'bubble-row' },
      bubble,
      actions.canReply &&
        iconButton('reply', 'Reply to this message', () => actions.reply(message), 'icon-button reply-button')
    ),
    message.reply_markup && inlineKeyboard(message, actions)
  )
}

function messageClass(message, isOutgoing) {
  return ['message', isOutgoing ? 'outgoing' : 'incoming', message.reply_markup && 'with-keyboard']
    .filter(Boolean)
    .join(' ')
}

function bubbleParts(message, showAuthor, actions) {
  const body = message.text ?? message.caption
  const entities = message.entities ?? message.caption_entities
  const words = body !== undefined && textElement(formatted(body, entities, actions), message)
  const media = message.photo && photo(message)
  return [
    showAuthor && h('div', { class: 'author' }, nameOf(message.from)),
    message.forward_origin && forwarded(message.forward_origin),
    message.reply_to_message && quoted(message.reply_to_message, actions),
    message.document && file(message.document),
    ...(message.show_caption_above_media ? [words, media] : [media, words]),
    message.invoice && textElement(invoice(message.invoice), message),
    !isKnown(message) && textElement(['A kind of message the page does not show'], message),
    h('time', { class: 'meta', dateTime: isoOf(message.date) }, metaText(message)),
  ]
}

function isKnown(message) {
  return ['text', 'photo', 'document', 'invoice'].some((field) => message[field] !== undefined)
}

function textElement(nodes, message) {
  const space = h('span', { class: 'meta-space', 'aria-hidden': 'true' }, metaText(message))
  return h('div', { class: 'text', dir: 'auto' }, nodes, space)
}

function metaText(message) {
  return message.edit_date ? `edited ${timeOf(message.date)}` : timeOf(message.date)
}

function photo(message) {
  const size = message.photo.at(-1)
  const source = `/sandbox/files/${size.file_id}`
  const alternative = message.caption ? `Photo: ${message.caption.slice(0, 100)}` : 'Photo without a caption'
  const image = h('img', {
    class: 'photo',
    src: source,
    width: size.width,
    height: size.height,
    alt: alternative,
    decoding: 'async',
  })
  const button = h('button', { type: 'button', class: 'photo-button', 'aria-label': `Open. ${alternative}` }, image)
  if (!message.has_media_spoiler) button.classList.add('open')
  button.addEventListener('click', () => {
    if (button.classList.contains('open')) showPhoto(source, alternative)
    button.classList.add('open')
  })
  return button
}

function file({ file_id: fileId, file_name: name, file_size: size }) {
  return h(
    'a',
    { class: 'file', href: `/sandbox/files/${fileId}`, download: name },
    icon('file'),
    h('span', {}, h('span', { class: 'file-name' }, name), h('span', { class: 'file-size' }, bytes(size)))
  )
}

function invoice({ title, description, total_amount: total }) {
  return [
    h('div', { class: 'invoice-title' }, title),
    h('div', {}, description),
    h('span', { class: 'invoice-title' }, `⭐️ ${total}`),
  ]
}

function quoted(message, actions) {
  return h(
    'button',
    { type: 'button', class: 'quoted', on: { click: () => actions.jump(message.message_id) } },
    h('strong', {}, nameOf(message.from)),
    h('span', {}, summary(message))
  )
}

function forwarded(origin) {
  const from = origin.sender_user ? nameOf(origin.sender_user) : (origin.chat?.title ?? origin.sender_user_name)
  return h('div', { class: 'forwarded' }, `Forwarded from ${from}`)
}

function service(text) {
  return h('p', { class: 'service' }, text)
}

/** A message in one line. */
export function summary(message) {
  const text = message.text ?? message.caption
  if (text) return text.replaceAll('\n', ' ')
  if (message.photo) return 'Photo'
  return message.document?.file_name ?? message.invoice?.title ?? 'Message'
}

export function nameOf(user) {
  return user ? [user.first_name, user.last_name].filter(Boolean).join(' ') : 'Channel'
}

function bytes(size) {
  if (size < 1024) return `${size} B`
  return size < 1024 ** 2 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 1024 ** 2).toFixed(1)} MB`
}
