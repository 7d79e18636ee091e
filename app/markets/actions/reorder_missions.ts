import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import Mission from '#markets/models/mission'

/** Puts the missions in the order of `ids`. Refuses with `missions_changed` when those are not exactly them. */
@inject()
export class ReorderMissions {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ ids, actor }: { ids: number[]; actor: Actor }) {
    return transaction(async (trx) => {
      const missions = await Mission.query({ client: trx }).orderBy('position').orderBy('id').forUpdate()
      const before = missions.map(({ id }) => id)
      if (ids.length !== before.length || new Set(ids).size !== ids.length) return refuse('missions_changed')
      if (!ids.every((id) => before.includes(id))) return refuse('missions_changed')

      for (const mission of missions) {
        const position = ids.indexOf(mission.id) + 1
        if (position === mission.position) continue
        await mission.merge({ position, updatedAt: this.clock.now() }).save()
      }
      await this.audit.record(trx, {
        actor,
        action: 'mission.reordered',
        subjectType: 'mission',
        subjectId: ids[0] ?? 0,
        before: { order: before },
        after: { order: ids },
      })
      return ok()
    })
  }
}
