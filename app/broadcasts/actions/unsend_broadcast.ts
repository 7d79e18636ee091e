import { inject } from '@adonisjs/core'
import type { Actor } from '#core/contracts/audit'
import { refuse } from '#core/result'
import { hasSentMessages } from '#broadcasts/fan_out/sent_messages'
import { Lifecycle } from '#broadcasts/lifecycle/lifecycle'
import { beginRun, hasOpenRows } from '#broadcasts/lifecycle/runs'

/**
 * Deletes from the recipients' chats what was sent in the last 48 hours; Telegram allows no more. Refuses with
 * `broadcast_not_found`, `wrong_status`, `still_stopping` or `nothing_to_unsend`.
 */
@inject()
export class UnsendBroadcast {
  constructor(private lifecycle: Lifecycle) {}

  handle(input: { broadcastId: number; actor: Actor }) {
    return this.lifecycle.step({
      ...input,
      from: ['completed', 'cancelled'],
      action: 'broadcast.unsent',
      change: async (trx, broadcast, now) => {
        if (await hasOpenRows(trx, broadcast.id)) return refuse('still_stopping')
        if (!(await hasSentMessages(trx, broadcast.id, 'delete', now))) return refuse('nothing_to_unsend')
        await beginRun(trx, broadcast, 'delete', now)
      },
    })
  }
}
