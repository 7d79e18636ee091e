import { inject } from '@adonisjs/core'
import type { Currency } from '#core/money/currency'
import { Money } from '#core/money/money'
import { ok, refuse } from '#core/result'
import type { GuardedProvider } from '#payments/providers/guarded_provider'
import { Rates } from '#payments/rates/rates'

/** The currency a provider collects when it can't take the one that is owed. */
const preferred = ({ currencies }: GuardedProvider): Currency => currencies[0]

/** What a provider is to collect for a sum: the sum itself, or its worth in another currency, rounded up. */
@inject()
export class Charges {
  constructor(private rates: Rates) {}

  /** Refuses `currency_not_accepted`, `amount_too_large`, or what the rates refuse. */
  async of(amount: Money, provider: GuardedProvider) {
    const native = provider.currencies.includes(amount.currency)
    if (!native && provider.name !== 'telegram_stars') {
      return refuse('currency_not_accepted', { currency: amount.currency, provider: provider.name })
    }
    const charge = native ? ok(amount) : await this.rates.convert(amount, preferred(provider), 'up')
    if (!charge.ok) return charge
    const most = provider.provider.most
    return most !== undefined && charge.value.minor > most ? refuse('amount_too_large') : charge
  }
}
