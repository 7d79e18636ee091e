import { inject } from '@adonisjs/core'
import { Outbox, type OutboxMessage } from '#core/contracts/outbox'
import type { Trx } from '#core/database/transaction'
import Customer from '#customers/models/customer'
import type { Completion } from '#markets/missions/progress_rows'
import Mission from '#markets/models/mission'

/** Tells customers what they have reached, with a button to claim it. */
@inject()
export class CompletionNotices {
  constructor(private outbox: Outbox) {}

  async write(trx: Trx, completed: readonly Completion[], now: number) {
    const missions = await byId(
      Mission.query({ client: trx }).whereIn('id', [...new Set(completed.map(({ missionId }) => missionId))])
    )
    const customers = await byId(
      Customer.query({ client: trx }).whereIn('id', [...new Set(completed.map(({ customerId }) => customerId))])
    )
    await this.outbox.write(
      trx,
      completed.map(({ missionId, customerId }) => noticeOf(missions.get(missionId)!, customers.get(customerId)!, now))
    )
  }
}

const noticeOf = (mission: Mission, customer: Customer, now: number): OutboxMessage => ({
  type: 'MISSION_COMPLETED',
  chatId: customer.telegramId,
  customerId: customer.id,
  template: 'mission_completed',
  params: { emoji: mission.emoji, title: mission.titleIn(customer.language), reward: mission.rewardMoney },
  buttons: [[{ action: 'claim_mission', id: mission.id }]],
  dedupeKey: `mission:${mission.id}:${customer.id}:${now}`,
})

async function byId<T extends { id: number }>(rows: PromiseLike<T[]>) {
  const found = await rows
  return new Map(found.map((row) => [row.id, row]))
}
