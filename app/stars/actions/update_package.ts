import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import StarPackage from '#stars/models/star_package'
import { faultOfPackage, type PackageFields } from '#stars/packages/package_input'

export interface UpdatePackageInput extends PackageFields {
  packageId: number
  /** What the admin has seen of it. */
  revision: number
  actor: Actor
}

/**
 * Changes what a package holds and when it is offered; orders made before keep what they were made at. Refuses with
 * `package_not_found`, `package_archived`, `stale`, `stars_out_of_range`, `bonus_out_of_range` or `period_reversed`.
 */
@inject()
export class UpdatePackage {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ packageId, revision, actor, ...fields }: UpdatePackageInput) {
    const fault = faultOfPackage(fields)
    if (fault) return fault

    return transaction(async (trx) => {
      const found = await StarPackage.query({ client: trx }).where('id', packageId).forUpdate().first()
      if (!found) return refuse('package_not_found')
      if (found.isArchived) return refuse('package_archived')
      if (found.revision !== revision) return refuse('stale')

      const { stars, bonus, isActive, availableFrom, availableUntil } = found
      const before = { stars, bonus, isActive, availableFrom, availableUntil }
      await found.merge({ ...fields, revision: revision + 1, updatedAt: this.clock.now() }).save()
      await this.audit.record(trx, {
        actor,
        action: 'star_package.updated',
        subjectType: 'star_package',
        subjectId: found.id,
        before,
        after: { ...fields },
      })
      return ok(found)
    })
  }
}
