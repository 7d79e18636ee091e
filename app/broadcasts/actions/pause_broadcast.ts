import { inject } from '@adonisjs/core'
import type { Actor } from '#core/contracts/audit'
import { redact } from '#core/redaction'
import { Lifecycle } from '#broadcasts/lifecycle/lifecycle'

const REASON_LENGTH = 300

/**
 * Nothing more of it is claimed from now on; the broadcast and the audit log keep the reason, if it is more than an
 * admin's wish. Refuses with `broadcast_not_found` or `wrong_status`.
 */
@inject()
export class PauseBroadcast {
  constructor(private lifecycle: Lifecycle) {}

  handle({ reason, ...input }: { broadcastId: number; actor: Actor; reason?: string }) {
    const pauseReason = reason === undefined ? null : redact(reason).slice(0, REASON_LENGTH)
    return this.lifecycle.step({
      ...input,
      from: ['sending'],
      action: 'broadcast.paused',
      note: pauseReason === null ? undefined : { reason: pauseReason },
      change: async (_trx, broadcast, now) => {
        await broadcast.merge({ status: 'paused', pausedAt: now, pauseReason, updatedAt: now }).save()
      },
    })
  }
}
