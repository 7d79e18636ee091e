import { inject } from '@adonisjs/core'
import type { Money } from '#core/money/money'
import { exchange, type Ratio } from '#payments/rates/ratio'
import { Rates } from '#payments/rates/rates'
import type { PriceCurrency } from '#stars/values'

/** The way from TON into one currency, as it stood when it was asked for. */
export class TonRate {
  constructor(
    readonly currency: PriceCurrency,
    private readonly ratio: Ratio | null
  ) {}

  /** Rounded up to the minor unit, so that nothing is sold below its price. Null without a rate. */
  convert(ton: Money): Money | null {
    if (this.currency === 'TON') return ton
    return this.ratio && exchange(ton, this.currency, this.ratio, 'up')
  }
}

export const IN_TON = new TonRate('TON', null)

/** Exchange rates of the payments, for prices that nobody has set. Asked before a transaction, used in it. */
@inject()
export class StarRates {
  constructor(private rates: Rates) {}

  async to(currency: PriceCurrency): Promise<TonRate> {
    if (currency === 'TON') return IN_TON
    const ratio = await this.rates.ratio('TON', currency)
    return new TonRate(currency, ratio.ok ? ratio.value : null)
  }
}
