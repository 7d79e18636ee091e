import { inject } from '@adonisjs/core'
import type { Actor } from '#core/contracts/audit'
import { Lifecycle } from '#broadcasts/lifecycle/lifecycle'

/** Goes on where it was paused. Refuses with `broadcast_not_found` or `wrong_status`. */
@inject()
export class ResumeBroadcast {
  constructor(private lifecycle: Lifecycle) {}

  handle(input: { broadcastId: number; actor: Actor }) {
    return this.lifecycle.step({
      ...input,
      from: ['paused'],
      action: 'broadcast.resumed',
      change: async (_trx, broadcast, now) => {
        await broadcast.merge({ status: 'sending', pausedAt: null, pauseReason: null, updatedAt: now }).save()
      },
    })
  }
}
