import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { ProcessJournal } from '#core/contracts/process_journal'
import { PaymentProviders } from '#payments/providers/payment_providers'

const EVERY_MS = 5000

/** Below this name each process tells of its breakers. */
export const figuresOf = (provider: string) => `breaker_${provider}`

/** Tells of this process's breakers with its heartbeat, and closes those that somebody has reset elsewhere. */
@inject()
export class BreakerWatch {
  #timer?: NodeJS.Timeout

  constructor(
    private providers: PaymentProviders,
    private journal: ProcessJournal,
    private logger: Logger
  ) {}

  start() {
    for (const { name, breaker } of this.providers.all()) {
      this.journal.publish(figuresOf(name), () => ({
        state: breaker.state,
        failures: breaker.failures,
        opened_at: breaker.openedAt,
        last_ok_at: breaker.lastOkAt,
        last_error_at: breaker.lastError?.at ?? null,
        last_error: breaker.lastError?.message ?? null,
      }))
    }
    this.#timer = setInterval(() => void this.#look(), EVERY_MS).unref()
  }

  stop() {
    clearInterval(this.#timer)
  }

  /** Only what is not closed needs a look into the database. */
  async takeResets() {
    const open = this.providers.all().filter(({ breaker }) => breaker.state !== 'closed')
    if (open.length === 0) return
    const names = open.map(({ name }) => name)
    const resets = await db.from('breaker_resets').whereIn('name', names).select('name', 'reset_at')
    for (const { name, breaker } of open) {
      const reset = resets.find((row) => row.name === name)
      if (reset && reset.reset_at >= (breaker.openedAt ?? 0)) breaker.reset()
    }
  }

  async #look() {
    try {
      await this.takeResets()
    } catch (error) {
      this.logger.warn({ err: error }, 'Resets of circuit breakers could not be read')
    }
  }
}
