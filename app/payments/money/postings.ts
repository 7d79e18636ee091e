import type { Money } from '#core/money/money'
import { system, type AccountRef } from '#ledger/accounts'
import type { Posting } from '#ledger/transfer_input'
import type { Currency } from '#core/money/currency'
import type Invoice from '#payments/models/invoice'
import type { ProviderName } from '#payments/values'

/** Money of a provider on its way in or out. */
export const clearing = (provider: ProviderName, currency: Currency) => system(`clearing:${provider}`, currency)

/** Money that came and belongs to nobody until a person has said whose it is. */
export const suspense = (currency: Currency) => system('suspense', currency)

const exchange = (currency: Currency) => system('exchange', currency)

export interface Source {
  from: AccountRef
  amount: Money
}

/**
 * Moves `credit` to its destination out of sources in the currency of the charge. Between two currencies both sums
 * pass the exchange account; within one, what the sources lack comes from `gap` (a bonus), if there is such an account.
 */
export function creditPostings(sources: Source[], to: AccountRef, credit: Money, gap?: AccountRef): Posting[] {
  const given = sources.filter(({ amount }) => !amount.isZero)
  const isExchanged = given.some(({ amount }) => amount.currency !== credit.currency)
  if (isExchanged) {
    return [
      ...given.map(({ from, amount }) => ({ from, to: exchange(amount.currency), amount })),
      { from: exchange(credit.currency), to, amount: credit },
    ]
  }
  const missing = given.reduce((rest, { amount }) => rest.subtract(amount), credit)
  const postings = given.map(({ from, amount }) => ({ from, to, amount }))
  return gap && !missing.isZero ? [...postings, { from: gap, to, amount: missing }] : postings
}

/** The way back: `credit` leaves the account it had reached, `out` arrives where it goes. */
export function debitPostings(from: AccountRef, credit: Money, to: AccountRef, out: Money): Posting[] {
  if (credit.currency === out.currency) return [{ from, to, amount: credit }]
  return [
    { from, to: exchange(credit.currency), amount: credit },
    { from: exchange(out.currency), to, amount: out },
  ]
}

/** What of the invoice's own sum a part of the charge is worth, rounded down. */
export function shareOf(invoice: Invoice, part: Money): Money {
  if (invoice.chargeCurrency === invoice.currency) return part
  return invoice.money.times(part.minor, invoice.chargeAmount, 'down')
}
