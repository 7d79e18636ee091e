import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#core/clock'
import type { ErrorReporter } from '#core/contracts/error_reporter'
import type { Settings } from '#core/contracts/settings'
import type { AnswerStore } from '#bot/answers/answer_store'
import type { BotLimits } from '#bot/limits/bot_limits'
import type { AdminChats } from '#bot/runner/admin_chats'
import type { SessionStore } from '#bot/sessions/session_store'
import type { Texts } from '#bot/texts/texts'

/** Something with a constructor that the container can fill. */
export type Makeable<T> = abstract new (...args: any[]) => T

/** Everything the bot needs from the application around it. */
export interface BotDependencies {
  make<T>(maker: Makeable<T>): Promise<T>
  clock: Clock
  logger: Logger
  settings: Settings
  texts: Texts
  limits: BotLimits
  sessions: SessionStore
  answers: AnswerStore
  adminChats: AdminChats
  errors: ErrorReporter
}
