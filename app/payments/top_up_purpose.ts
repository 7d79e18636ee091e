import { wallet } from '#ledger/accounts'
import type { PurposeHandler } from '#payments/purposes'

export const TOP_UP = 'top_up'

/** Money for the wallet: the ledger's transfer is all there is to do. */
export const topUpPurpose: PurposeHandler = {
  purpose: TOP_UP,
  ways: ['crypto_pay', 'heleket', 'telegram_stars', 'sandbox'],
  destination: ({ customerId, currency }) => wallet(customerId, currency),
  async paid() {},
}
