import type { BroadcastOutcome } from '#core/contracts/broadcast_content'
import type { Trx } from '#core/database/transaction'
import { variantOf } from '#broadcasts/fan_out/variant_split'
import Broadcast from '#broadcasts/models/broadcast'
import { outcomeOf } from '#broadcasts/outcomes/classify'
import { count, counterVersion, type CounterDelta } from '#broadcasts/outcomes/counters'

/** Counts what became of rows, and frees the send-once key of those who can't have got the message. */
export class RecordOutcomes {
  async handle(trx: Trx, outcomes: BroadcastOutcome[]) {
    const final = outcomes.filter(({ status }) => status !== 'FAILED')
    if (final.length === 0) return
    const ids = [...new Set(final.map(({ broadcastId }) => broadcastId))]
    const found = await Broadcast.query({ client: trx }).whereIn('id', ids)
    const broadcasts = new Map(found.map((broadcast) => [broadcast.id, broadcast]))
    const known = final.filter(({ broadcastId }) => broadcasts.has(broadcastId))
    await this.#freeKeys(trx, known, broadcasts)
    await count(
      trx,
      known.map((outcome) => toDelta(outcome, broadcasts.get(outcome.broadcastId)!))
    )
  }

  async #freeKeys(trx: Trx, outcomes: BroadcastOutcome[], broadcasts: Map<number, Broadcast>) {
    for (const { id, sendOnceKey } of broadcasts.values()) {
      if (sendOnceKey === null) continue
      const failed = outcomes
        .filter((one) => one.broadcastId === id && one.operation === 'send' && one.status === 'PERMANENT_FAILURE')
        .flatMap(({ customerId }) => customerId ?? [])
      if (failed.length === 0) continue
      await trx
        .from('broadcast_send_once')
        .where({ key: sendOnceKey, broadcast_id: id })
        .whereIn('customer_id', failed)
        .delete()
    }
  }
}

function toDelta(outcome: BroadcastOutcome, broadcast: Broadcast): CounterDelta {
  return {
    broadcastId: broadcast.id,
    operation: outcome.operation,
    version: counterVersion(outcome.operation, outcome.broadcastVersion),
    variant: variantOf(broadcast, outcome.customerId),
    [outcomeOf(outcome.status, outcome.error)]: 1,
  }
}
