import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Trx } from '#core/database/transaction'
import StarFulfilment, { type FragmentProgress } from '#stars/models/star_fulfilment'
import type { Attention, FulfilmentState, ProviderName } from '#stars/values'

/** Attempts at deliveries. The caller holds the lock of the order. */
@inject()
export class Fulfilments {
  constructor(private clock: Clock) {}

  async begin(trx: Trx, orderId: number, provider: ProviderName) {
    const now = this.clock.now()
    const earlier = await trx.from('star_fulfilments').where('order_id', orderId).max('attempt as attempt').first()
    return StarFulfilment.create(
      {
        orderId,
        provider,
        attempt: Number(earlier?.attempt ?? 0) + 1,
        state: 'queued',
        progress: {},
        nextStepAt: now,
        failures: 0,
        version: 1,
        createdAt: now,
        updatedAt: now,
      },
      { client: trx }
    )
  }

  open(trx: Trx, orderId: number): Promise<StarFulfilment | null> {
    return StarFulfilment.query({ client: trx }).where('orderId', orderId).whereNull('finishedAt').forUpdate().first()
  }

  /** From the signature on, the recipient may get the Stars whatever we do. */
  mayHaveLeft = ({ provider, state }: StarFulfilment) =>
    provider === 'fragment' && (state === 'paying' || state === 'paid')

  async finish(trx: Trx, fulfilment: StarFulfilment, state: 'delivered' | 'failed' | 'abandoned', error?: string) {
    const now = this.clock.now()
    fulfilment.useTransaction(trx)
    await fulfilment
      .merge({
        state,
        error: error ?? fulfilment.error,
        finishedAt: now,
        updatedAt: now,
        version: fulfilment.version + 1,
      })
      .save()
  }

  async abandon(trx: Trx, orderId: number) {
    const open = await this.open(trx, orderId)
    if (open) await this.finish(trx, open, 'abandoned')
  }

  /** The step is done: what it learned is kept before the next one begins. */
  async advance(trx: Trx, fulfilment: StarFulfilment, state: FulfilmentState, learned: FragmentProgress, inMs = 0) {
    await this.#save(trx, fulfilment, {
      state,
      progress: { ...fulfilment.progress, ...learned },
      failures: 0,
      error: null,
      nextStepAt: this.clock.now() + inMs,
    })
  }

  /** The same step again, later. */
  async postpone(trx: Trx, fulfilment: StarFulfilment, inMs: number, error: string | null = null) {
    const failures = error === null ? fulfilment.failures : fulfilment.failures + 1
    await this.#save(trx, fulfilment, {
      failures,
      error: error?.slice(0, 300) ?? null,
      nextStepAt: this.clock.now() + inMs,
    })
  }

  /** The same step again, now, whatever failed before. */
  async resume(trx: Trx, fulfilment: StarFulfilment) {
    await this.#save(trx, fulfilment, { failures: 0, error: null, nextStepAt: this.clock.now() })
  }

  /** What kept these orders waiting is put right. */
  async resumeWaiting(trx: Trx, attentions: Attention[]) {
    const orders = trx.from('star_orders').where('status', 'fulfilling').whereIn('attention', attentions).select('id')
    await StarFulfilment.query({ client: trx })
      .whereNull('finishedAt')
      .whereIn('orderId', orders)
      .update({ failures: 0, nextStepAt: this.clock.now() })
  }

  async #save(trx: Trx, fulfilment: StarFulfilment, changes: Partial<StarFulfilment>) {
    fulfilment.useTransaction(trx)
    await fulfilment.merge({ ...changes, version: fulfilment.version + 1, updatedAt: this.clock.now() }).save()
  }
}
