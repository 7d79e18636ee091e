import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import { transaction, type Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'
import Customer from '#customers/models/customer'
import { granted, system } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import { TrackRecords } from '#markets/bettors/track_records'
import Mission from '#markets/models/mission'
import MissionProgress from '#markets/models/mission_progress'

export interface ClaimMissionInput {
  customerId: number
  mission: { id: number } | { code: string }
  /** Idempotency key, up to 160 characters: the same key again is the same claim. */
  key: string
  actor: Actor
}

/**
 * Pays the reward of a completed mission from `bonuses` in granted points, once. Also of one that is switched off by
 * now: it was promised. Refuses with `mission_not_found`, `customer_not_found`, `customer_banned`,
 * `mission_not_completed {progress, target}`, `mission_already_claimed` or `idempotency_conflict`.
 */
@inject()
export class ClaimMission {
  constructor(
    private clock: Clock,
    private ledger: Ledger,
    private records: TrackRecords
  ) {}

  async handle(input: ClaimMissionInput): Promise<Result<MissionProgress>> {
    return transaction((trx) => this.#claim(trx, input))
  }

  async #claim(trx: Trx, { customerId, mission: wanted, key, actor }: ClaimMissionInput) {
    const customer = await Customer.find(customerId, { client: trx })
    if (!customer) return refuse('customer_not_found')
    const mission = await Mission.query({ client: trx }).where(wanted).first()
    if (!mission) return refuse('mission_not_found')
    await this.records.lock(trx, customerId)
    const repeated = await MissionProgress.query({ client: trx }).where('claimKey', key).first()
    if (repeated) return isOf(repeated, mission, customer) ? ok(repeated) : refuse('idempotency_conflict')
    if (customer.isBanned) return refuse('customer_banned')

    const progress = await MissionProgress.query({ client: trx })
      .where({ customerId, missionId: mission.id })
      .forUpdate()
      .first()
    if (!progress?.completedAt)
      return refuse('mission_not_completed', { progress: progress?.progress ?? 0, target: mission.target })
    if (progress.claimedAt) return refuse('mission_already_claimed')
    return ok(await this.#pay(trx, progress, key, actor))
  }

  async #pay(trx: Trx, progress: MissionProgress, key: string, actor: Actor) {
    const amount = Money.of(progress.reward!, 'PRED')
    const posted = await this.ledger.transfer(trx, {
      kind: 'mission_reward',
      key: `mission_progress:${progress.id}:claimed`,
      postings: [{ from: system('bonuses', 'PRED'), to: granted(progress.customerId), amount }],
      reference: { type: 'mission_progress', id: progress.id },
      actor,
    })
    if (!posted.ok) throw new Error(`Mission reward ${progress.id} was not paid: ${posted.refusal.code}`)
    const now = this.clock.now()
    return progress.merge({ claimedAt: now, claimKey: key, transferId: posted.value.id, updatedAt: now }).save()
  }
}

const isOf = ({ missionId, customerId }: MissionProgress, mission: Mission, customer: Customer) =>
  missionId === mission.id && customerId === customer.id
