import type { Api, Bot } from 'grammy'
import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#core/clock'
import type { AnswerDelivery } from '#bot/answers/answer_delivery'
import type { BotConfig } from '#bot/bot_config'
import type { BotContext } from '#bot/context'
import type { Inbox } from '#bot/inbox/inbox'
import { ALLOWED_UPDATES } from '#bot/inbox/update_kind'
import type { UpdateProcessor } from '#bot/inbox/update_processor'
import type { BotStatus } from '#bot/runner/bot_status'
import type { CommandMenus } from '#bot/runner/command_menus'
import type { LongPolling } from '#bot/telegram/long_polling'
import { pause, persist } from '#bot/telegram/retry'

const MENUS_EVERY_MS = 30_000

export interface RunnerParts {
  bot: Bot<BotContext>
  config: BotConfig
  inbox: Inbox
  processor: UpdateProcessor
  answers: AnswerDelivery
  polling: LongPolling
  menus: CommandMenus
  status: BotStatus
  clock: Clock
  logger: Logger
}

export interface RunnerOptions {
  /** How often it looks whether the right chats show the commands of admins. */
  menusEveryMs?: number
}

type Signal = Parameters<Api['getMe']>[0]

/** The bot's life in a web process: introduce itself, work through what is left, take what comes, stop in good order. */
export class BotRunner {
  readonly #stop = new AbortController()
  #running: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly parts: RunnerParts,
    private readonly options: RunnerOptions = {}
  ) {}

  start() {
    const { inbox, processor, status, clock } = this.parts
    inbox.onArrival((chatIds) => processor.wake(chatIds))
    status.state = 'starting'
    status.startedAt = clock.now()
    this.#running = this.#run(this.#stop.signal)
  }

  /** Takes nothing new, finishes what is in hand. */
  async stop() {
    this.#stop.abort()
    await this.#running
    await Promise.all([this.parts.processor.stop(), this.parts.answers.stop()])
    this.parts.status.state = 'stopped'
  }

  async #run(signal: AbortSignal) {
    const { bot, config, processor, answers, polling, status, logger } = this.parts
    const me = await this.#persist('getMe', () => bot.api.getMe(signal as Signal))
    if (!me) return
    bot.botInfo = me
    status.username = me.username
    processor.start()
    answers.start()
    logger.info(`The bot @${me.username} is up and takes updates by ${config.webhookUrl ? 'webhook' : 'long polling'}`)

    const menus = this.#keepMenus(signal)
    if (config.webhookUrl) await this.#setWebhook(config.webhookUrl)
    else {
      status.state = 'polling'
      await polling.run(signal)
    }
    await menus
  }

  async #keepMenus(signal: AbortSignal) {
    const { menus } = this.parts
    await this.#persist('setMyCommands', () => menus.publish())
    while (!signal.aborted) {
      await pause(this.options.menusEveryMs ?? MENUS_EVERY_MS, signal)
      if (!signal.aborted) await this.#persist('deleteMyCommands', () => menus.reconcile())
    }
  }

  async #setWebhook(url: string) {
    const { bot, config, status } = this.parts
    const options = { secret_token: config.webhookSecret, allowed_updates: ALLOWED_UPDATES, max_connections: 40 }
    if (await this.#persist('setWebhook', () => bot.api.setWebhook(url, options))) status.state = 'webhook'
  }

  #persist<T>(what: string, work: () => Promise<T>) {
    return persist(what, this.parts.logger, this.#stop.signal, work)
  }
}
