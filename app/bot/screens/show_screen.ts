import type { InputMediaPhoto, Message } from 'grammy/types'
import type { BotContext } from '#bot/context'
import { unpackCallback } from '#bot/callback_data/callback_data'
import type { Screen } from '#bot/screens/screen'
import { ScreenPhotos, type ScreenPhoto } from '#bot/screens/screen_photos'
import { isNotEditable, isNotModified, isStaleFile } from '#bot/telegram/refusals'
import { visibleLength } from '#bot/texts/cut_text'

/** Characters that Telegram takes below a photo. */
export const MAX_CAPTION = 1024

const HTML = { parse_mode: 'HTML' } as const
const FORMAT = { ...HTML, link_preview_options: { is_disabled: true } } as const

/**
 * The message below which a button of a screen was pressed. A notice from us, such as a payment's, is never replaced;
 * neither is what Telegram no longer shows us.
 */
export function mayEdit({ callbackQuery: pressed }: BotContext, inPlace: boolean): Message | null {
  const message = pressed?.message
  if (!message?.date || !pressed?.data) return null
  return inPlace || unpackCallback(pressed.data)?.origin === 'screen' ? message : null
}

export async function send(ctx: BotContext, screen: Screen): Promise<Message> {
  const { text, keyboard } = screen
  const photo = await photoOf(ctx, screen)
  if (!photo) return ctx.reply(text, { ...FORMAT, reply_markup: keyboard })
  return withPhoto(ctx, photo, ({ media }) =>
    ctx.replyWithPhoto(media, { ...HTML, caption: text, reply_markup: keyboard })
  )
}

/** Answers whether the message is the screen now. A text can become a photo, but a photo never a text. */
export async function editInto(ctx: BotContext, message: Message, screen: Screen): Promise<boolean> {
  const photo = await photoOf(ctx, screen)
  if (message.photo && !photo) return false
  try {
    if (photo)
      await withPhoto(ctx, photo, ({ media }) => ctx.editMessageMedia(inputOf(screen, media), markupOf(screen)))
    else await ctx.editMessageText(screen.text, { ...FORMAT, ...markupOf(screen) })
    return true
  } catch (error) {
    if (isNotModified(error)) return true
    if (isNotEditable(error)) return false
    throw error
  }
}

/** What can't become the next screen goes once that is there, so that there is one; text can be edited and stays. */
export async function removePhoto(ctx: BotContext, message: Message) {
  if (message.photo && !ctx.isAnswerOwed) await ctx.deleteMessage().catch(() => {})
}

const markupOf = ({ keyboard }: Screen) => ({ reply_markup: keyboard })

const inputOf = ({ text }: Screen, media: ScreenPhoto['media']): InputMediaPhoto => ({
  type: 'photo',
  media,
  ...HTML,
  caption: text,
})

/** Words that don't fit below a photo go without it. */
async function photoOf(ctx: BotContext, { photo, text }: Screen): Promise<ScreenPhoto | null> {
  if (!photo || visibleLength(text) > MAX_CAPTION) return null
  const photos = await ctx.make(ScreenPhotos)
  return photos.find(photo, ctx.me.id)
}

/** Uploads what Telegram knows no more once again. */
async function withPhoto<T>(ctx: BotContext, photo: ScreenPhoto, call: (photo: ScreenPhoto) => Promise<T>): Promise<T> {
  const photos = await ctx.make(ScreenPhotos)
  try {
    const answer = await call(photo)
    await photos.remember(photo, answer, ctx.me.id)
    return answer
  } catch (error) {
    const fresh = isStaleFile(error) && typeof photo.media === 'string' ? await photos.upload(photo.file) : null
    if (!fresh) throw error
    return withPhoto(ctx, fresh, call)
  }
}
