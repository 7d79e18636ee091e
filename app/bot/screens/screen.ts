import { InlineKeyboard } from 'grammy'
import type { BotContext } from '#bot/context'
import { menuData } from '#bot/screens/screen_data'

/** What a message shows: Telegram HTML and the buttons below it. */
export interface Screen {
  text: string
  keyboard?: InlineKeyboard
  /** Key of a stored upload; the text becomes its caption, and goes without it when it is longer than Telegram takes. */
  photo?: string
}

/** The last row of every screen. `back` is packed callback data; without it Back leads to the main menu too. */
export function navigation(ctx: BotContext, back = menuData.pack({})): InlineKeyboard {
  return new InlineKeyboard().text(ctx.label('bot.back'), back).text(ctx.label('bot.home'), menuData.pack({}))
}

/** One button a row, navigation below. */
export function listKeyboard(ctx: BotContext, buttons: Array<{ text: string; data: string }>, back?: string) {
  const rows = buttons.map(({ text, data }) => [InlineKeyboard.text(text, data)])
  return InlineKeyboard.from([...rows, ...navigation(ctx, back).inline_keyboard])
}

/** So many in a row. */
export const inRows = <T>(buttons: T[], width: number): T[][] =>
  Array.from({ length: Math.ceil(buttons.length / width) }, (_, row) => buttons.slice(row * width, (row + 1) * width))
