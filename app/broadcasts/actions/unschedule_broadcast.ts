import { inject } from '@adonisjs/core'
import { Approvals } from '#core/contracts/approvals'
import type { Actor } from '#core/contracts/audit'
import { Lifecycle } from '#broadcasts/lifecycle/lifecycle'

/** Makes a draft of it again, before it has begun. Refuses with `broadcast_not_found` or `wrong_status`. */
@inject()
export class UnscheduleBroadcast {
  constructor(
    private lifecycle: Lifecycle,
    private approvals: Approvals
  ) {}

  handle(input: { broadcastId: number; actor: Actor }) {
    return this.lifecycle.step({
      ...input,
      from: ['awaiting_approval', 'scheduled'],
      action: 'broadcast.unscheduled',
      change: async (trx, broadcast, now) => {
        if (broadcast.status === 'awaiting_approval') await this.approvals.withdraw(trx, 'broadcast', broadcast.id)
        await broadcast.merge({ status: 'draft', approvedBy: null, updatedAt: now }).save()
      },
    })
  }
}
