import { inject } from '@adonisjs/core'
import type { Actor } from '#core/contracts/audit'
import { refuse } from '#core/result'
import { Lifecycle } from '#broadcasts/lifecycle/lifecycle'
import type { Variant } from '#broadcasts/values'
import { idsOf } from '#broadcasts/audience/windows'

/**
 * Sends the better text of an A/B test to everybody outside the sample. Refuses with `broadcast_not_found`,
 * `wrong_status` or `no_winner_wanted` (no test, the whole audience was the sample, or a winner is chosen).
 */
@inject()
export class ChooseWinner {
  constructor(private lifecycle: Lifecycle) {}

  handle({ winner, ...input }: { broadcastId: number; winner: Variant; actor: Actor }) {
    return this.lifecycle.step({
      ...input,
      from: ['sending', 'paused'],
      action: 'broadcast.winner_chosen',
      note: { winner },
      change: async (trx, broadcast, now) => {
        if (!broadcast.awaitsWinner) return refuse('no_winner_wanted')
        const { after } = await idsOf(trx, broadcast.audience)
        await broadcast
          .merge({ abWinner: winner, run: 'rest', runCursor: after, fannedOutAt: null, updatedAt: now })
          .save()
      },
    })
  }
}
