import { inject } from '@adonisjs/core'
import type { Actor } from '#core/contracts/audit'
import { refuse } from '#core/result'
import { Lifecycle } from '#broadcasts/lifecycle/lifecycle'
import { beginRun, hasOpenRows, hasRows } from '#broadcasts/lifecycle/runs'

/**
 * Sends again to exactly those of whom nobody knows whether it reached them: some will get it twice. Refuses with
 * `broadcast_not_found`, `wrong_status`, `still_stopping` or `nothing_to_resend`.
 */
@inject()
export class ResendUnknown {
  constructor(private lifecycle: Lifecycle) {}

  handle(input: { broadcastId: number; actor: Actor }) {
    return this.lifecycle.step({
      ...input,
      from: ['completed', 'cancelled'],
      action: 'broadcast.unknown_resent',
      change: async (trx, broadcast, now) => {
        if (await hasOpenRows(trx, broadcast.id)) return refuse('still_stopping')
        if (!(await hasRows(trx, broadcast.id, 'UNKNOWN'))) return refuse('nothing_to_resend')
        await beginRun(trx, broadcast, 'resend', now)
      },
    })
  }
}
