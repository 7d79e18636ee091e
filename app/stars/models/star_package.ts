import { hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import { StarPackageSchema } from '#database/schema'
import StarPackagePrice from '#stars/models/star_package_price'

/** Stars offered together, with a bonus. */
export default class StarPackage extends StarPackageSchema {
  static table = 'star_packages'

  /** All that were ever set, and those still to come. */
  @hasMany(() => StarPackagePrice, { foreignKey: 'packageId' })
  declare prices: HasMany<typeof StarPackagePrice>

  get isArchived() {
    return this.archivedAt !== null
  }

  /** Whether customers may buy it at that moment. */
  isOfferedAt(now: number) {
    if (!this.isActive || this.isArchived) return false
    return (this.availableFrom ?? now) <= now && now < (this.availableUntil ?? Number.POSITIVE_INFINITY)
  }
}
