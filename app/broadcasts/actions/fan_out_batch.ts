import { setImmediate as breathe } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { transaction, type Trx } from '#core/database/transaction'
import type { IdRange } from '#broadcasts/audience/audience_query'
import { nextCustomers, nextRows, slicesOf, type Batch } from '#broadcasts/fan_out/batch'
import { FollowUpBatch } from '#broadcasts/fan_out/follow_up_batch'
import { REOPENED, ReopenBatch } from '#broadcasts/fan_out/reopen_batch'
import { SendBatch, type SendLimits } from '#broadcasts/fan_out/send_batch'
import Broadcast from '#broadcasts/models/broadcast'
import { count, type CounterDelta } from '#broadcasts/outcomes/counters'

/** `stopped`: somebody paused or cancelled it, or it is through. */
export type FanOutProgress = 'more' | 'done' | 'stopped'

/**
 * One step of a run over the recipients: rows and cursor in one transaction, so that a run which was killed goes on
 * where it was. The broadcast's row is locked: a second worker waits and then takes the next step. Between its
 * statements others are served.
 */
@inject()
export class FanOutBatch {
  constructor(
    private clock: Clock,
    private send: SendBatch,
    private followUp: FollowUpBatch,
    private reopen: ReopenBatch
  ) {}

  async handle(broadcastId: number): Promise<FanOutProgress> {
    const limits = await this.send.limits()
    return transaction(async (trx) => {
      const broadcast = await Broadcast.query({ client: trx }).where('id', broadcastId).forUpdate().first()
      if (broadcast?.status !== 'sending' || broadcast.fannedOutAt !== null) return 'stopped'

      const batch = await this.#next(trx, broadcast)
      const deltas: CounterDelta[] = []
      for (const slice of batch ? slicesOf(batch) : []) {
        deltas.push(...(await this.#write(trx, broadcast, slice, limits)))
        await breathe()
      }
      const isDone = !batch || batch.until >= broadcast.runEnd!
      await broadcast
        .merge({ runCursor: batch?.until ?? broadcast.runEnd, fannedOutAt: isDone ? this.clock.now() : null })
        .save()
      await count(trx, deltas)
      return isDone ? 'done' : 'more'
    })
  }

  #next(trx: Trx, broadcast: Broadcast): Promise<Batch> {
    switch (broadcast.run!) {
      case 'send':
      case 'rest':
        return nextCustomers(trx, broadcast)
      case 'edit':
      case 'delete':
        return nextRows(trx, broadcast, 'SENT')
      case 'retry':
      case 'resend':
        return nextRows(trx, broadcast, REOPENED[broadcast.run as 'retry' | 'resend'])
    }
  }

  #write(trx: Trx, broadcast: Broadcast, range: IdRange, limits: SendLimits): Promise<CounterDelta[]> {
    switch (broadcast.run!) {
      case 'send':
      case 'rest':
        return this.send.write(trx, broadcast, range, limits)
      case 'edit':
      case 'delete':
        return this.followUp.write(trx, broadcast, range)
      case 'retry':
      case 'resend':
        return this.reopen.write(trx, broadcast, range)
    }
  }
}
