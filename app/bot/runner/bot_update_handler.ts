import type { Bot } from 'grammy'
import type { Update } from 'grammy/types'
import { languageOf } from '#customers/languages'
import type { BotContext } from '#bot/context'
import type { BotDependencies } from '#bot/dependencies'
import type { UpdateHandler } from '#bot/inbox/update_processor'

/** Gives updates from the inbox to the bot. */
export class BotUpdateHandler implements UpdateHandler {
  constructor(
    private readonly bot: Bot<BotContext>,
    private readonly deps: Pick<BotDependencies, 'texts' | 'logger'>
  ) {}

  async handle(update: Update) {
    await this.bot.handleUpdate(update)
  }

  /** Telegram takes an answer for a short while only; after that there is nobody to tell. */
  async expire({ callback_query: pressed }: Update) {
    if (!pressed) return
    const text = this.deps.texts.plain(languageOf(pressed.from.language_code), 'bot.expired')
    await this.bot.api.answerCallbackQuery(pressed.id, { text, show_alert: true }).catch((error) => {
      this.deps.logger.debug({ err: error }, 'A press expired before it could be answered')
    })
  }
}
