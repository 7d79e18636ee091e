import type { PaymentProvider } from '#payments/providers/payment_provider'

const unasked = () => Promise.reject(new Error('The balance is paid from inside the ledger and asks nobody'))

/** Paying from the wallet: the ledger is the provider, and the invoice is paid in the moment it is made. */
export const balance: PaymentProvider = {
  name: 'balance',
  currencies: ['TON', 'USDT', 'USD', 'PRED', 'STARS'],
  isCreateRepeatable: true,
  create: unasked,
  find: async () => [],
  fetch: async () => null,
}
