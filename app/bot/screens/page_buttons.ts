import { InlineKeyboard } from 'grammy'
import type { InlineKeyboardButton } from 'grammy/types'
import type { CallbackDefinition } from '#bot/callback_data/define_callback'
import type { id } from '#bot/callback_data/fields'

/** The row that leads to the pages before and after this one: empty for a list of one page. Pages count from 1. */
export function pageButtons(
  data: Pick<CallbackDefinition<{ page: typeof id }>, 'pack'>,
  page: number,
  { hasMorePages }: { hasMorePages: boolean }
): InlineKeyboardButton[] {
  return [
    ...(page > 1 ? [InlineKeyboard.text('◀️', data.pack({ page: page - 1 }))] : []),
    ...(hasMorePages ? [InlineKeyboard.text('▶️', data.pack({ page: page + 1 }))] : []),
  ]
}
