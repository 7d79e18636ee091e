import { Money } from '#core/money/money'
import type { CurrencyTotals } from '#ledger/queries/ledger_totals_query'

/** What all entries of a currency, or of one kind of its accounts, sum to. */
export function sumOf(totals: readonly CurrencyTotals[], currency: string, kind?: string): Money | null {
  const found = totals.find((one) => one.currency === currency)
  if (!found) return null
  if (kind === 'system') return found.systemsTotal
  if (kind) return found.customers.find((one) => one.kind === kind)?.total ?? Money.zero(found.currency)
  return found.customersTotal.add(found.systemsTotal)
}
