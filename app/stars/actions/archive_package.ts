import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import StarPackage from '#stars/models/star_package'

/** Takes a package out of the shop for good; its orders and its price history stay. Refuses `package_not_found` or `package_archived`. */
@inject()
export class ArchivePackage {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ packageId, actor }: { packageId: number; actor: Actor }) {
    return transaction(async (trx) => {
      const found = await StarPackage.query({ client: trx }).where('id', packageId).forUpdate().first()
      if (!found) return refuse('package_not_found')
      if (found.isArchived) return refuse('package_archived')

      const now = this.clock.now()
      await found.merge({ isActive: false, archivedAt: now, revision: found.revision + 1, updatedAt: now }).save()
      await this.audit.record(trx, {
        actor,
        action: 'star_package.archived',
        subjectType: 'star_package',
        subjectId: found.id,
        after: { stars: found.stars, bonus: found.bonus },
      })
      return ok(found)
    })
  }
}
