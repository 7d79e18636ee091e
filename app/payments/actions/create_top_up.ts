import { inject } from '@adonisjs/core'
import type { Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import { formatMoney } from '#core/money/format_money'
import type { Money } from '#core/money/money'
import { refuse, type Result } from '#core/result'
import { CreateInvoice } from '#payments/actions/create_invoice'
import type Invoice from '#payments/models/invoice'
import { TopUpOptionsQuery } from '#payments/queries/top_up_options_query'
import { topUpEnabled } from '#payments/settings'
import { TOP_UP } from '#payments/top_up_purpose'
import type { ProviderName } from '#payments/values'

export interface TopUpInput {
  customerId: number
  /** TON. */
  amount: Money
  provider: ProviderName
  /** Idempotency key: `top_up:update:900000017`. */
  key: string
  /** What the provider's page shows, in the customer's language. */
  description: string
  actor: Actor
}

/**
 * Money for a customer's own wallet. Refuses `top_up_off`, `top_up_currency`, `top_up_too_small {min}`,
 * `top_up_too_large {max}`, and what CreateInvoice does.
 */
@inject()
export class CreateTopUp {
  constructor(
    private settings: Settings,
    private options: TopUpOptionsQuery,
    private create: CreateInvoice
  ) {}

  async handle(input: TopUpInput): Promise<Result<Invoice>> {
    const { amount } = input
    if (!(await this.settings.get(topUpEnabled))) return refuse('top_up_off')
    const { min, max } = await this.options.run()
    if (amount.currency !== min.currency) return refuse('top_up_currency', { currency: min.currency })
    if (amount.compare(min) < 0) return refuse('top_up_too_small', { min: formatMoney(min) })
    if (amount.compare(max) > 0) return refuse('top_up_too_large', { max: formatMoney(max) })
    return this.create.handle({ ...input, purpose: TOP_UP })
  }
}
