import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { auditOfMission, faultOfMission, type MissionFields } from '#markets/missions/mission_input'
import Mission from '#markets/models/mission'

export interface UpdateMissionInput extends MissionFields {
  missionId: number
  /** What the admin has seen of it. */
  revision: number
  actor: Actor
}

/**
 * Changes everything but what is counted, which would leave progress without a meaning. Who has completed it keeps
 * what was promised; a lower target is reached at the customer's next event. Refuses with `mission_not_found`, `stale`
 * or as `CreateMission` does.
 */
@inject()
export class UpdateMission {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ missionId, revision, actor, ...fields }: UpdateMissionInput) {
    return transaction(async (trx) => {
      const mission = await Mission.query({ client: trx }).where('id', missionId).forUpdate().first()
      if (!mission) return refuse('mission_not_found')
      if (mission.revision !== revision) return refuse('stale')
      const fault = await faultOfMission(trx, mission.condition, fields)
      if (fault) return fault

      const { parameters, target, emoji, titles, descriptions, isActive } = mission
      const before = { parameters, target, emoji, titles, descriptions, isActive, reward: mission.rewardMoney }
      const { reward, ...columns } = fields
      const now = this.clock.now()
      await mission.merge({ ...columns, reward: reward.minor, revision: revision + 1, updatedAt: now }).save()
      await this.audit.record(trx, {
        actor,
        action: 'mission.updated',
        subjectType: 'mission',
        subjectId: mission.id,
        before: auditOfMission(before),
        after: auditOfMission(fields),
      })
      return ok(mission)
    })
  }
}
