import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import StarPackage from '#stars/models/star_package'
import StarPackagePrice from '#stars/models/star_package_price'
import { pricesAt, type PackagePrices } from '#stars/packages/prices'

export interface PackageOverview {
  package: StarPackage
  /** In force now, by currency. */
  prices: PackagePrices
  /** Still to come, soonest first. */
  planned: StarPackagePrice[]
  isOffered: boolean
}

/** Every package for the panel, in order; archived ones last, on demand. */
@inject()
export class PackagesQuery {
  constructor(private clock: Clock) {}

  async run({ archived = false }: { archived?: boolean } = {}): Promise<PackageOverview[]> {
    const now = this.clock.now()
    const query = StarPackage.query().orderBy('position').orderBy('id')
    const packages = await (archived ? query.whereNotNull('archivedAt') : query.whereNull('archivedAt'))
    const ids = packages.map(({ id }) => id)
    const prices = await pricesAt(now, ids)
    const planned = await StarPackagePrice.query()
      .whereIn('packageId', ids)
      .where('validFrom', '>', now)
      .orderBy('validFrom')
      .orderBy('id')
    return packages.map((item) => ({
      package: item,
      prices: prices.get(item.id)!,
      planned: planned.filter(({ packageId }) => packageId === item.id),
      isOffered: item.isOfferedAt(now),
    }))
  }

  /** Newest first; a price still to come is in front. */
  history(packageId: number): Promise<StarPackagePrice[]> {
    return StarPackagePrice.query().where('packageId', packageId).orderBy('validFrom', 'desc').orderBy('id', 'desc')
  }
}
