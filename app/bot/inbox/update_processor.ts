import { randomUUID } from 'node:crypto'
import type { Update } from 'grammy/types'
import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#core/clock'
import { withLogContext } from '#core/log_context'
import { redact } from '#core/redaction'
import { updateSeconds } from '#system/metrics/app_metrics'
import type { ClaimedUpdate, UpdateOutcome, UpdateStore } from '#bot/inbox/update_store'

export interface UpdateHandler {
  handle(update: Update): Promise<void>
  /** The person who pressed has waited so long that acting now would surprise them. */
  expire(update: Update): Promise<void>
}

export interface ProcessorOptions {
  /** Chats worked on at the same time. */
  concurrency?: number
  /** How long a claim outlives the process that made it. */
  claimTtlMs?: number
  /** How often it looks for what nobody works on. */
  sweepEveryMs?: number
}

/** After that many processes died over an update, it is given up. */
const MAX_ATTEMPTS = 3
const CALLBACK_LIFETIME_MS = 120_000

/** Works through the inbox: one chat at a time in order of arrival, different chats in parallel. */
export class UpdateProcessor {
  readonly #holder = randomUUID()
  readonly #waiting = new Set<number>()
  readonly #active = new Map<number, Promise<void>>()
  readonly #inHand = new Set<number>()
  readonly #concurrency: number
  readonly #claimTtlMs: number
  readonly #sweepEveryMs: number
  #timers: NodeJS.Timeout[] = []
  #isStopping = false

  constructor(
    private readonly store: UpdateStore,
    private readonly handler: UpdateHandler,
    private readonly clock: Clock,
    private readonly logger: Logger,
    options: ProcessorOptions = {}
  ) {
    this.#concurrency = options.concurrency ?? 20
    this.#claimTtlMs = options.claimTtlMs ?? 10_000
    this.#sweepEveryMs = options.sweepEveryMs ?? 1000
  }

  /** Begins with what an earlier process left unfinished. */
  start() {
    this.#timers = [
      setInterval(() => this.#sweep(), this.#sweepEveryMs),
      setInterval(() => this.#renew(), this.#claimTtlMs / 3),
    ]
    void this.#sweep()
  }

  /** Takes nothing new and waits for what is in hand. */
  async stop() {
    this.#isStopping = true
    this.#timers.forEach((timer) => clearInterval(timer))
    await Promise.all(this.#active.values())
  }

  /** Something has come for these chats. */
  wake(chatIds: Iterable<number>) {
    for (const chatId of chatIds) this.#waiting.add(chatId)
    this.#pump()
  }

  #pump() {
    for (const chatId of this.#waiting) {
      if (this.#isStopping || this.#active.size >= this.#concurrency) return
      if (this.#active.has(chatId)) continue
      this.#waiting.delete(chatId)
      const work = this.#workOn(chatId).finally(() => {
        this.#active.delete(chatId)
        this.#pump()
      })
      this.#active.set(chatId, work)
    }
  }

  async #workOn(chatId: number) {
    try {
      while (!this.#isStopping) {
        const claimed = await this.store.claim(chatId, this.#holder, this.#claimTtlMs)
        if (!claimed) return
        this.#inHand.add(claimed.id)
        await withLogContext({ update_id: claimed.update.update_id }, () => this.#process(claimed)).finally(() =>
          this.#inHand.delete(claimed.id)
        )
      }
    } catch (error) {
      this.logger.error({ err: error, chatId }, 'The inbox could not be worked on; trying again')
    }
  }

  async #process(claimed: ClaimedUpdate) {
    const end = updateSeconds.startTimer({ kind: claimed.kind })
    const { outcome, error } = await this.#outcomeOf(claimed)
    await this.store.finish(claimed.id, outcome, error)
    end({ outcome })
  }

  async #outcomeOf(claimed: ClaimedUpdate): Promise<{ outcome: UpdateOutcome; error?: string }> {
    const { update, kind, attempts } = claimed
    if (attempts > MAX_ATTEMPTS) {
      this.logger.error({ updateId: update.update_id }, 'An update was given up: processes died over it')
      return { outcome: 'abandoned' }
    }
    const isExpired = kind === 'callback_query' && this.#age(claimed) > CALLBACK_LIFETIME_MS
    try {
      await (isExpired ? this.handler.expire(update) : this.handler.handle(update))
      return { outcome: isExpired ? 'expired' : 'done' }
    } catch (error) {
      this.logger.error({ err: error, updateId: update.update_id }, 'An update failed')
      return { outcome: 'failed', error: redact((error as Error).message) }
    }
  }

  #age({ receivedAt }: ClaimedUpdate) {
    return this.clock.now() - receivedAt
  }

  async #sweep() {
    try {
      this.wake(await this.store.waitingChats(this.#concurrency * 5))
    } catch (error) {
      this.logger.error({ err: error }, 'The inbox could not be read; trying again')
    }
  }

  async #renew() {
    if (this.#inHand.size === 0) return
    try {
      await this.store.renew([...this.#inHand], this.#holder, this.#claimTtlMs)
    } catch (error) {
      this.logger.error({ err: error }, 'Claims on updates could not be renewed; trying again')
    }
  }
}
