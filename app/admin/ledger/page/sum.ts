import { Money } from '#core/money/money'
import type { CurrencyTotals } from '#ledger/queries/ledger_totals_query'

/** What all entries of a currency, or of one kind of its accounts, sum to; `filters` are those of the list. */
export function sumOf(totals: readonly CurrencyTotals[], filters: ReadonlyMap<string, unknown>): Money | null {
  const found = totals.find(({ currency }) => currency === filters.get('currency'))
  if (!found) return null
  const kind = filters.get('kind')
  if (kind === 'system') return found.systemsTotal
  if (kind) return found.customers.find((one) => one.kind === kind)?.total ?? Money.zero(found.currency)
  return found.customersTotal.add(found.systemsTotal)
}
