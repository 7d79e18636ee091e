import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction, type Trx } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { CONDITIONS, type ConditionName } from '#markets/missions/conditions'
import { auditOfMission, faultOfMission, type MissionFields } from '#markets/missions/mission_input'
import Mission from '#markets/models/mission'

export interface CreateMissionInput extends MissionFields {
  /** Upper case, such as `TEN_WINS`. */
  code: string
  condition: ConditionName
  actor: Actor
}

const CODE = /^[A-Z0-9_]{2,40}$/

/**
 * Adds a mission at the end of the list. What customers did before counts where it is kept (bets, wins, rank, days,
 * volume, invitations) at their next event. Refuses with `mission_code_invalid`, `mission_code_taken`,
 * `mission_condition_unknown`, `mission_target_out_of_range`, `mission_reward_out_of_range`, `mission_emoji_required`,
 * `mission_title_required`, `mission_title_too_long`, `mission_description_required`, `mission_description_too_long`,
 * `mission_parameter_invalid {name}` or `mission_parameter_unknown {name}`.
 */
@inject()
export class CreateMission {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ code, condition, actor, ...fields }: CreateMissionInput) {
    if (!CODE.test(code)) return refuse('mission_code_invalid')
    if (!Object.hasOwn(CONDITIONS, condition)) return refuse('mission_condition_unknown')
    return transaction(async (trx) => {
      const fault = await faultOfMission(trx, condition, fields)
      if (fault) return fault
      if (await Mission.findBy('code', code, { client: trx })) return refuse('mission_code_taken')

      const now = this.clock.now()
      const { reward, ...columns } = fields
      const mission = await Mission.create(
        {
          ...{ ...columns, code, condition, reward: reward.minor, revision: 1 },
          ...{ position: await nextPosition(trx), createdAt: now, updatedAt: now },
        },
        { client: trx }
      )
      await this.audit.record(trx, {
        actor,
        action: 'mission.created',
        subjectType: 'mission',
        subjectId: mission.id,
        after: { code, condition, ...auditOfMission(fields) },
      })
      return ok(await mission.refresh())
    })
  }
}

async function nextPosition(trx: Trx): Promise<number> {
  const last = await trx.from('missions').max('position as position').first()
  return Number(last?.position ?? 0) + 1
}
