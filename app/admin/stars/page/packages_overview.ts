import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import type { Money } from '#core/money/money'
import StarPackage from '#stars/models/star_package'
import { pricesAt, type PackagePrices } from '#stars/packages/prices'
import { fullPriceOf, savingPercentOf } from '#stars/pricing/quote'
import { readTerms } from '#stars/pricing/terms'
import type { PriceCurrency } from '#stars/values'
import { rowMoney } from '#admin/shared/row_money'

/** Whether customers see a package, and if not, why. */
export type PackageState = 'offered' | 'planned' | 'over' | 'inactive' | 'archived'

export interface PackageView {
  item: StarPackage
  state: PackageState
  prices: PackagePrices
  /** Whole per cent below the base price, of the price in TON. */
  saving: number
  next: { currency: PriceCurrency; money: Money | null; validFrom: number } | null
  sold: number
}

/** The packages as the panel lists them: with what holds now and what is planned. */
@inject()
export class PackagesOverview {
  constructor(
    private clock: Clock,
    private settings: Settings
  ) {}

  async all({ archived }: { archived: boolean }): Promise<PackageView[]> {
    const query = StarPackage.query().orderBy('position').orderBy('id')
    const items = await (archived ? query.whereNotNull('archivedAt') : query.whereNull('archivedAt'))
    return this.of(items)
  }

  async of(items: StarPackage[]): Promise<PackageView[]> {
    const now = this.clock.now()
    const ids = items.map(({ id }) => id)
    const { base } = await readTerms(this.settings)
    const [prices, next, sold] = [await pricesAt(now, ids), await nextPrices(ids, now), await soldOf(ids)]
    return items.map((item) => {
      const ton = prices.get(item.id)!.get('TON')
      return {
        ...{ item, state: stateOf(item, now), prices: prices.get(item.id)! },
        saving: ton ? savingPercentOf(ton, fullPriceOf(item.stars, base)) : 0,
        next: next.get(item.id) ?? null,
        sold: sold.get(item.id) ?? 0,
      }
    })
  }
}

function stateOf(item: StarPackage, now: number): PackageState {
  if (item.isArchived) return 'archived'
  if (!item.isActive) return 'inactive'
  if (item.availableFrom !== null && now < item.availableFrom) return 'planned'
  return item.isOfferedAt(now) ? 'offered' : 'over'
}

async function nextPrices(ids: number[], now: number) {
  const rows = await db
    .from('star_package_prices')
    .whereIn('package_id', ids)
    .where('valid_from', '>', now)
    .orderBy('valid_from', 'desc')
    .orderBy('id', 'desc')
  return new Map(
    rows.map(({ package_id: id, currency, price, valid_from: validFrom }) => [
      id as number,
      { currency: currency as PriceCurrency, money: rowMoney(price, currency), validFrom: validFrom as number },
    ])
  )
}

/** Orders that were paid, by package. */
async function soldOf(ids: number[]) {
  const rows = await db
    .from('star_orders')
    .whereIn('package_id', ids)
    .whereNotNull('paid_at')
    .groupBy('package_id')
    .select('package_id')
    .count('* as total')
  return new Map(rows.map(({ package_id: id, total }) => [id as number, Number(total)]))
}
