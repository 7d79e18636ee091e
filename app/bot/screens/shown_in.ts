import type { BotContext } from '#bot/context'

/** The message that becomes what was pressed for; null when Telegram lets it be changed no more. */
export const shownIn = ({ callbackQuery }: BotContext) =>
  callbackQuery?.message?.date ? callbackQuery.message.message_id : null
