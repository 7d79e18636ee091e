import { inject } from '@adonisjs/core'
import { Settings } from '#core/contracts/settings'
import type { Money } from '#core/money/money'
import { Charges } from '#payments/charges'
import { PaymentProviders } from '#payments/providers/payment_providers'
import type { GuardedProvider } from '#payments/providers/guarded_provider'
import { PurposeHandlers } from '#payments/purposes'
import { paymentsEnabled, waysEnabled } from '#payments/settings'
import { PROVIDER_NAMES, type ProviderName } from '#payments/values'

export interface PaymentWay {
  provider: ProviderName
  /** `down`: it would be offered, but can't be used at the moment. `off`: not configured, or switched off. */
  state: 'on' | 'down' | 'off'
  /** What it collects; null without an amount, or when it can't be told. */
  charge: Money | null
}

export interface WaysInput {
  purpose: string
  amount?: Money
  /** Those that are off too. */
  all?: boolean
}

/** Refusals of a charge that pass by themselves. A rate that nobody has ever given means that the way is not set up. */
const PASSING = ['rate_stale']

/** The ways in which something may be paid, in the order in which they are offered. */
@inject()
export class PaymentWaysQuery {
  constructor(
    private settings: Settings,
    private providers: PaymentProviders,
    private purposes: PurposeHandlers,
    private charges: Charges
  ) {}

  async run({ purpose, amount, all = false }: WaysInput): Promise<PaymentWay[]> {
    const { ways: fitting = PROVIDER_NAMES } = this.purposes.of(purpose)
    const enabled = await this.settings.get(paymentsEnabled)
    const ways: PaymentWay[] = []
    for (const name of PROVIDER_NAMES.filter((one) => fitting.includes(one))) {
      const provider = this.providers.find(name)
      const isOn = enabled && provider !== undefined && (await this.settings.get(waysEnabled[name]))
      ways.push(isOn ? await this.#way(provider, amount) : { provider: name, state: 'off', charge: null })
    }
    return all ? ways : ways.filter(({ state }) => state !== 'off')
  }

  async #way(provider: GuardedProvider, amount?: Money): Promise<PaymentWay> {
    const charge = amount ? await this.charges.of(amount, provider) : null
    if (charge && !charge.ok && !PASSING.includes(charge.refusal.code)) {
      return { provider: provider.name, state: 'off', charge: null }
    }
    const isUsable = !provider.breaker.isDown && charge?.ok !== false
    return { provider: provider.name, state: isUsable ? 'on' : 'down', charge: charge?.ok ? charge.value : null }
  }
}
