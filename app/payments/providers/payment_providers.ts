import type { Clock } from '#core/clock'
import { GuardedProvider } from '#payments/providers/guarded_provider'
import { ProviderBreaker, type BreakerTimes } from '#payments/providers/provider_breaker'
import type { PaymentProvider } from '#payments/providers/payment_provider'
import type { ProviderName } from '#payments/values'

/** The ways of paying that this installation is configured for, each behind its breaker. */
export class PaymentProviders {
  readonly #providers: Map<ProviderName, GuardedProvider>

  constructor(providers: PaymentProvider[], clock: Clock, times?: BreakerTimes) {
    this.#providers = new Map(
      providers.map((provider) => [
        provider.name,
        new GuardedProvider(provider, new ProviderBreaker(provider.name, clock, times)),
      ])
    )
  }

  all() {
    return [...this.#providers.values()]
  }

  /** Undefined when it is not configured. */
  find(name: ProviderName) {
    return this.#providers.get(name)
  }

  /** @throws when its configuration was taken away while invoices of it are open. */
  get(name: ProviderName): GuardedProvider {
    const provider = this.find(name)
    if (!provider) throw new Error(`The payment provider ${name} is not configured (see .env.example)`)
    return provider
  }
}
