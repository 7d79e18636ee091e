import { isCurrency } from '#core/money/currency'
import { Money } from '#core/money/money'
import { granted, wallet, type AccountRef } from '#ledger/accounts'

export const REASON_MAX_LENGTH = 500

export const ADJUSTABLE = ['wallet', 'granted'] as const
export type AdjustableAccount = (typeof ADJUSTABLE)[number]

/** What an admin adds to a customer's account, or takes from it. */
export interface Adjustment {
  /** Random, made with the form: the same one twice is one adjustment. */
  reference: string
  customerId: number
  account: AdjustableAccount
  /** Below zero: taken. */
  change: Money
  reason: string
}

export const accountOf = ({ account, customerId, change }: Adjustment): AccountRef =>
  account === 'granted' ? granted(customerId) : wallet(customerId, change.currency)

/** As the payload of an approval keeps it. */
export function toPayload({ change, ...adjustment }: Adjustment) {
  return { ...adjustment, currency: change.currency, change: String(change.minor) }
}

export function fromPayload(payload: Record<string, unknown>): Adjustment {
  const { currency, change, ...adjustment } = payload as ReturnType<typeof toPayload>
  if (!isCurrency(currency)) throw new Error(`${currency} is no currency`)
  return { ...adjustment, change: Money.of(BigInt(change), currency) }
}
