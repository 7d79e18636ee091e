import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import StarPackage from '#stars/models/star_package'

/** Puts the packages that are not archived in the order of `ids`. Refuses with `stale` when those are not exactly them. */
@inject()
export class ReorderPackages {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ ids, actor }: { ids: number[]; actor: Actor }) {
    return transaction(async (trx) => {
      const packages = await StarPackage.query({ client: trx })
        .whereNull('archivedAt')
        .orderBy('position')
        .orderBy('id')
        .forUpdate()
      const before = packages.map(({ id }) => id)
      if (ids.length !== before.length || new Set(ids).size !== ids.length) return refuse('stale')
      if (!ids.every((id) => before.includes(id))) return refuse('stale')

      for (const item of packages) {
        await item.merge({ position: ids.indexOf(item.id) + 1, updatedAt: this.clock.now() }).save()
      }
      await this.audit.record(trx, {
        actor,
        action: 'star_package.reordered',
        subjectType: 'star_package',
        subjectId: ids[0] ?? 0,
        before: { order: before },
        after: { order: ids },
      })
      return ok()
    })
  }
}
