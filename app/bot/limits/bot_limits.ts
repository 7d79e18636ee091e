import type { LimiterService } from '@adonisjs/limiter/types'
import type { Settings } from '#core/contracts/settings'
import {
  blockSeconds,
  callbacksPerMinute,
  messagesPerMinute,
  paymentsPerMinute,
  updatesPerMinute,
} from '#bot/bot_settings'

export type LimitedKind = 'message' | 'callback' | 'payment'

/** `announce` is true once for each block: answering every refused update would multiply a flood. */
export type LimitVerdict =
  { allowed: true } | { allowed: false; reason: 'blocked' | 'busy'; seconds: number; announce: boolean }

const PER_MINUTE = { message: messagesPerMinute, callback: callbacksPerMinute, payment: paymentsPerMinute }
const BLOCKED_TOGETHER: LimitedKind[] = ['message', 'callback']
const DAY_SECONDS = 86_400

/** Limits a customer and everybody together; who passes theirs is blocked, each time for twice as long. */
export class BotLimits {
  constructor(
    private readonly limiter: LimiterService,
    private readonly settings: Settings
  ) {}

  async consume(kind: LimitedKind, telegramId: number): Promise<LimitVerdict> {
    const own = await this.#counter(kind)
    const { consumed, availableIn } = await own.increment(key(kind, telegramId))
    if (consumed === own.requests + 1) return this.#block(kind, telegramId)
    if (consumed > own.requests) return { allowed: false, reason: 'blocked', seconds: availableIn, announce: false }
    return this.#consumeShared(telegramId)
  }

  /** The limit over all customers; each of them is told once a minute that it is reached. */
  async #consumeShared(telegramId: number): Promise<LimitVerdict> {
    const shared = this.#perMinute(await this.settings.get(updatesPerMinute))
    const { consumed, availableIn } = await shared.increment('bot:all')
    if (consumed <= shared.requests) return { allowed: true }
    const told = await this.#perMinute(1).increment(`bot:busy:${telegramId}`)
    return { allowed: false, reason: 'busy', seconds: availableIn, announce: told.consumed === 1 }
  }

  async #block(kind: LimitedKind, telegramId: number): Promise<LimitVerdict> {
    const strikes = this.limiter.use({ requests: 1, duration: DAY_SECONDS })
    const { consumed: strike } = await strikes.increment(`bot:strikes:${telegramId}`)
    const first = await this.settings.get(blockSeconds)
    const seconds = Math.min(first * 2 ** Math.min(strike - 1, 20), DAY_SECONDS)
    for (const blocked of kind === 'payment' ? [kind] : BLOCKED_TOGETHER) {
      const counter = await this.#counter(blocked)
      await counter.set(key(blocked, telegramId), counter.requests + 1, seconds)
    }
    return { allowed: false, reason: 'blocked', seconds, announce: true }
  }

  async #counter(kind: LimitedKind) {
    return this.#perMinute(await this.settings.get(PER_MINUTE[kind]))
  }

  #perMinute(requests: number) {
    return this.limiter.use({ requests, duration: '1 min' })
  }
}

const key = (kind: LimitedKind, telegramId: number) => `bot:${kind}:${telegramId}`
