import db from '@adonisjs/lucid/services/db'
import type { Money } from '#core/money/money'
import { formatOdds } from '#markets/betting/bet_quote'
import { BET_SOURCES, BET_STATUSES, OUTCOMES, type BetSource, type BetStatus, type Outcome } from '#markets/values'
import { nameOf } from '#admin/customers/customers_list'
import { decimalOf, isoOf } from '#admin/shared/csv_values'
import { byCustomer } from '#admin/shared/customer_search'
import { defineList } from '#admin/shared/list'
import { asReference, choice, days, equalsText, identifier } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'

export interface BetRow {
  id: number
  reference: string
  market: string
  market_title: string
  customer_id: number
  customer: string
  outcome: Outcome
  status: BetStatus
  source: BetSource
  /** `1.61`; null where the pool pays. */
  odds: string | null
  stake: Money
  /** Promised; null where the pool pays. */
  potential: Money | null
  payout: Money | null
  created_at: number
  settled_at: number | null
}

/** Bets of all markets, or of one. */
export const betsList = (timeZone: string, marketId?: number) =>
  defineList<BetRow>({
    name: 'bets',
    id: 'bets.id',
    countsInOrder: true,
    query: () => {
      const query = db
        .from('bets')
        .join('markets', 'markets.id', 'bets.market_id')
        .join('customers', 'customers.id', 'bets.customer_id')
        .select('bets.*', 'markets.reference as market', 'markets.title as market_title')
        .select('customers.first_name', 'customers.last_name', 'customers.username')
      return marketId === undefined ? query : query.where('bets.market_id', marketId)
    },
    map: (row) => ({
      ...row,
      customer: nameOf({ ...row, id: row.customer_id }),
      odds: row.odds === null ? null : formatOdds(row.odds),
      stake: rowMoney(row.stake, 'PRED')!,
      potential: row.odds === null ? null : rowMoney(row.potential, 'PRED'),
      payout: rowMoney(row.payout, 'PRED'),
    }),
    search: [equalsText('bets', 'reference', { normalise: asReference }), byCustomer('bets')],
    filters: {
      status: choice(BET_STATUSES, (query, status) => query.where('bets.status', status)),
      outcome: choice(OUTCOMES, (query, outcome) => query.where('bets.outcome', outcome)),
      source: choice(BET_SOURCES, (query, source) => query.where('bets.source', source)),
      customer: identifier((query, id) => query.where('bets.customer_id', id)),
      ...days(timeZone, 'bets.created_at'),
    },
    sorts: { placed: 'bets.id' },
    defaultSort: '-placed',
    csv: {
      reference: (row) => row.reference,
      market: (row) => row.market,
      market_title: (row) => row.market_title,
      customer_id: (row) => row.customer_id,
      outcome: (row) => row.outcome,
      stake: (row) => decimalOf(row.stake),
      odds: (row) => row.odds,
      potential: (row) => decimalOf(row.potential),
      status: (row) => row.status,
      payout: (row) => decimalOf(row.payout),
      source: (row) => row.source,
      placed: (row) => isoOf(row.created_at),
      settled: (row) => isoOf(row.settled_at),
    },
  })
