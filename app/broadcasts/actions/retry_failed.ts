import { inject } from '@adonisjs/core'
import type { Actor } from '#core/contracts/audit'
import { refuse } from '#core/result'
import { Lifecycle } from '#broadcasts/lifecycle/lifecycle'
import { beginRun, hasOpenRows, hasRows } from '#broadcasts/lifecycle/runs'

/**
 * Sends once more to exactly those whom it failed to reach, also the ones who had blocked the bot. Refuses with
 * `broadcast_not_found`, `wrong_status`, `still_stopping` or `nothing_to_retry`.
 */
@inject()
export class RetryFailed {
  constructor(private lifecycle: Lifecycle) {}

  handle(input: { broadcastId: number; actor: Actor }) {
    return this.lifecycle.step({
      ...input,
      from: ['completed', 'cancelled'],
      action: 'broadcast.retried',
      change: async (trx, broadcast, now) => {
        if (await hasOpenRows(trx, broadcast.id)) return refuse('still_stopping')
        if (!(await hasRows(trx, broadcast.id, 'PERMANENT_FAILURE'))) return refuse('nothing_to_retry')
        await beginRun(trx, broadcast, 'retry', now)
      },
    })
  }
}
