import type Invoice from '#payments/models/invoice'
import type { ProviderRefunds } from '#payments/providers/payment_provider'
import type { PaymentProviders } from '#payments/providers/payment_providers'

/**
 * How the provider of an invoice gives it back; undefined when it can't. One that sends all that came or nothing can't
 * where more came than the invoice asked for: the excess is settled apart and would go back twice.
 */
export function refundsOf(providers: PaymentProviders, { provider, hasExcess }: Invoice): ProviderRefunds | undefined {
  const refunds = providers.find(provider)?.refunds
  return hasExcess && !refunds?.canSendPart ? undefined : refunds
}
