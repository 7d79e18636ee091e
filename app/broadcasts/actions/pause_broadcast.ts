import { inject } from '@adonisjs/core'
import type { Actor } from '#core/contracts/audit'
import { Lifecycle } from '#broadcasts/lifecycle/lifecycle'

/**
 * Nothing more of it is claimed from now on; the audit log keeps the reason. Refuses with `broadcast_not_found` or
 * `wrong_status`.
 */
@inject()
export class PauseBroadcast {
  constructor(private lifecycle: Lifecycle) {}

  handle({ reason, ...input }: { broadcastId: number; actor: Actor; reason?: string }) {
    return this.lifecycle.step({
      ...input,
      from: ['sending'],
      action: 'paused',
      note: reason === undefined ? undefined : { reason: reason.slice(0, 300) },
      change: async (_trx, broadcast, now) => {
        await broadcast.merge({ status: 'paused', pausedAt: now, updatedAt: now }).save()
      },
    })
  }
}
