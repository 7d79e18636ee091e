import type { Currency } from '#core/money/currency'
import { MAX_MINOR } from '#core/money/money'

/**
 * `wallet`, `granted`, `held` and `custody` belong to a customer and never fall below zero; `receivable` and
 * `owed_granted` are what a customer owes and never rise above it; `system` accounts are the house's own and take any
 * balance.
 */
export const ACCOUNT_KINDS = ['wallet', 'granted', 'held', 'custody', 'receivable', 'owed_granted', 'system'] as const
export type AccountKind = (typeof ACCOUNT_KINDS)[number]

/** Kinds whose balance is a customer's money and can't be negative. */
export const CUSTOMER_FUNDS: readonly AccountKind[] = ['wallet', 'granted', 'held', 'custody']

const DEBTS: readonly AccountKind[] = ['receivable', 'owed_granted']

export const isCustomerFunds = (kind: AccountKind) => CUSTOMER_FUNDS.includes(kind)

/** Whether the balance of an account of this kind may be so many minor units. */
export function mayHold(kind: AccountKind, balance: bigint) {
  if (balance > MAX_MINOR || balance < -MAX_MINOR) return false
  return DEBTS.includes(kind) ? balance <= 0n : balance >= 0n || !isCustomerFunds(kind)
}

/** System accounts with a fixed name; payment providers add `clearing:<provider>`. */
export const SYSTEM_ACCOUNTS = [
  'issuance',
  'house',
  'fees',
  'bonuses',
  'escrow:withdrawals',
  'raffle',
  'revenue',
  'stars:inventory',
  'stars:owed',
  'stars:delivered',
  'stars:cost',
  'exchange',
  'adjustments',
  'suspense',
] as const
export type SystemAccount = (typeof SYSTEM_ACCOUNTS)[number] | `clearing:${string}`

/** Names an account, whether or not it has been opened: the first transfer opens it. */
export interface AccountRef {
  kind: AccountKind
  currency: Currency
  customerId: number | null
  /** Of a system account. */
  name: string | null
  /** Unique: `TON:wallet:42`, `TON:system:clearing:crypto_pay`. */
  code: string
}

const NAME = /^[a-z][a-z0-9_]*(:[a-z0-9_]+)?$/

/** What a customer can spend; for PRED the bought part of it. */
export const wallet = (customerId: number, currency: Currency) => ofCustomer('wallet', customerId, currency)

/** Points given for nothing: spent first in bets, never turned into anything of value. */
export const granted = (customerId: number) => ofCustomer('granted', customerId, 'PRED')

/** Reserved by holds. */
export const held = (customerId: number, currency: Currency) => ofCustomer('held', customerId, currency)

/** What lies in a customer's wallet on a blockchain, as its confirmed events say; spent there only. */
export const custody = (customerId: number) => ofCustomer('custody', customerId, 'USDT')

/** What a customer owes after a reversal, as a negative balance. */
export const receivable = (customerId: number, currency: Currency) => ofCustomer('receivable', customerId, currency)

/** Points given for nothing that a customer owes after a reversal: paid off by such points only. */
export const owedGranted = (customerId: number) => ofCustomer('owed_granted', customerId, 'PRED')

/** @throws RangeError for a name that is not lower-case words with one optional colon. */
export function system(name: SystemAccount, currency: Currency): AccountRef {
  if (!NAME.test(name) || name.length > 60) throw new RangeError(`"${name}" is no name of a system account`)
  return { kind: 'system', currency, customerId: null, name, code: `${currency}:system:${name}` }
}

function ofCustomer(kind: Exclude<AccountKind, 'system'>, customerId: number, currency: Currency): AccountRef {
  if (!Number.isSafeInteger(customerId) || customerId < 1) throw new RangeError(`${customerId} is no customer's id`)
  return { kind, currency, customerId, name: null, code: `${currency}:${kind}:${customerId}` }
}

/** The reference to an account that exists. */
export const refOf = ({ kind, currency, customerId, name, code }: AccountRef): AccountRef => ({
  ...{ kind, currency, customerId, name, code },
})

/** The parts of an account's code: `TON`, `wallet`, `42`. */
export function partsOfCode(code: string): { currency: Currency; kind: AccountKind; owner: string } {
  const [currency, kind, ...owner] = code.split(':')
  return { currency: currency as Currency, kind: kind as AccountKind, owner: owner.join(':') }
}
