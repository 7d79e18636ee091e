import { type Currency, CURRENCIES, minorUnits } from '#core/money/currency'
import type { SegmentCondition } from '#core/contracts/segment_source'

const currency = { name: 'currency', kind: 'choice', choices: Object.keys(CURRENCIES) } as const

export const ledgerConditions: SegmentCondition[] = [
  {
    key: 'ledger.has_at_least',
    parameters: [{ name: 'amount', kind: 'integer', min: 1, max: 1_000_000 }, currency],
    apply: (query, parameters) => {
      const least = BigInt(parameters.amount) * minorUnits(parameters.currency as Currency)
      query.whereIn('customers.id', (accounts) =>
        accounts
          .from('ledger_accounts')
          .where('currency', parameters.currency)
          .where('kind', 'wallet')
          .where('balance', '>=', Number(least))
          .select('customer_id')
      )
    },
  },
]
