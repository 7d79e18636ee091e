import db from '@adonisjs/lucid/services/db'
import type { Money } from '#core/money/money'
import { PRICE_CURRENCIES, type PriceCurrency } from '#stars/values'
import { rowMoney } from '#admin/shared/row_money'

export interface PriceLine {
  id: number
  currency: PriceCurrency
  /** Null: it follows the price in TON. */
  money: Money | null
  state: 'planned' | 'holds' | 'over' | 'replaced'
  validFrom: number
  author: string | null
  createdAt: number
}

/** Every price that a package had, has or is to have, the one that becomes valid last on top. */
export async function priceHistory(packageId: number, now: number): Promise<PriceLine[]> {
  const rows = await db
    .from('star_package_prices as prices')
    .leftJoin('admins', 'admins.id', 'prices.created_by')
    .where('prices.package_id', packageId)
    .orderBy('prices.valid_from', 'desc')
    .orderBy('prices.id', 'desc')
    .select('prices.*', 'admins.full_name as author')
  const holding = new Set(PRICE_CURRENCIES.map((currency) => holdingOf(rows, currency, now)))
  return rows.map((row, index) => ({
    id: row.id,
    currency: row.currency,
    money: rowMoney(row.price, row.currency),
    state: isReplaced(rows, index) ? 'replaced' : stateOf(row, holding, now),
    validFrom: row.valid_from,
    author: row.author,
    createdAt: row.created_at,
  }))
}

const holdingOf = (rows: any[], currency: PriceCurrency, now: number) =>
  rows.find((row) => row.currency === currency && row.valid_from <= now)?.id

/** Of two for the same moment the later written holds. */
const isReplaced = (rows: any[], index: number) => rows.slice(0, index).some((later) => sameMoment(later, rows[index]))

const sameMoment = (one: any, other: any) => one.currency === other.currency && one.valid_from === other.valid_from

function stateOf(row: any, holding: Set<number>, now: number) {
  if (row.valid_from > now) return 'planned'
  return holding.has(row.id) ? 'holds' : 'over'
}
