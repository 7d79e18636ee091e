import { inject } from '@adonisjs/core'
import { Approvals } from '#core/contracts/approvals'
import type { Actor } from '#core/contracts/audit'
import { Lifecycle } from '#broadcasts/lifecycle/lifecycle'

/**
 * Stops it for good: nothing more is claimed, whatever was in flight still arrives, and the waiting rows are marked
 * by a tick. Refuses with `broadcast_not_found` or `wrong_status`.
 */
@inject()
export class CancelBroadcast {
  constructor(
    private lifecycle: Lifecycle,
    private approvals: Approvals
  ) {}

  handle(input: { broadcastId: number; actor: Actor }) {
    return this.lifecycle.step({
      ...input,
      from: ['awaiting_approval', 'scheduled', 'sending', 'paused'],
      action: 'broadcast.cancelled',
      change: async (trx, broadcast, now) => {
        if (broadcast.status === 'awaiting_approval') await this.approvals.withdraw(trx, 'broadcast', broadcast.id)
        await broadcast.merge({ status: 'cancelled', cancelledAt: now, updatedAt: now }).save()
      },
    })
  }
}
