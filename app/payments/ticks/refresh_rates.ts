import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { Tick } from '#core/contracts/ticks'
import { PaymentProviders } from '#payments/providers/payment_providers'
import type { GuardedProvider } from '#payments/providers/guarded_provider'
import { ratioOf } from '#payments/rates/ratio'

/** Reads the rates of every provider that quotes some; one that is down leaves its old ones, which grow too old. */
@inject()
export class RefreshRates implements Tick {
  readonly name = 'payments.refresh_rates'
  readonly everyMs = 10 * 60_000

  constructor(
    private clock: Clock,
    private providers: PaymentProviders,
    private logger: Logger
  ) {}

  async run(signal: AbortSignal) {
    for (const provider of this.providers.all()) {
      if (signal.aborted) return
      try {
        await this.#store(provider)
      } catch (error) {
        this.logger.warn({ err: error, provider: provider.name }, 'Exchange rates could not be read')
      }
    }
  }

  async #store(provider: GuardedProvider) {
    const rates = await provider.rates()
    const rows = rates
      .filter(({ base, quote, rate }) => base !== quote && rate.length <= 40 && ratioOf(rate) !== null)
      .map((rate) => ({ ...rate, source: provider.name, observed_at: this.clock.now() }))
    if (rows.length === 0) return
    await db.knexQuery().table('exchange_rates').insert(rows).onConflict(['base', 'quote', 'source']).merge()
  }
}
