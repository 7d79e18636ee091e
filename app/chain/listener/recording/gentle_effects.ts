import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import type { Trx } from '#core/database/transaction'
import { EventEffects } from '#chain/listener/event_effects'
import { problemOf } from '#chain/listener/effects/problem'
import ChainEvent from '#chain/models/chain_event'
import type { EventName } from '#chain/values'
import type { StoredEvent } from '#chain/listener/recording/store_events'

/**
 * `seen` and `orphaned`: what shows an event before it is owed anything. One that fails is noted beside its event and
 * holds up nothing; whatever it left out is made good when the event is confirmed.
 */
@inject()
export class GentleEffects {
  constructor(
    private effects: EventEffects,
    private logger: Logger
  ) {}

  isShown(name: EventName) {
    return this.effects.of(name).some((effect) => effect.seen)
  }

  async seen(trx: Trx, stored: readonly StoredEvent[]) {
    if (stored.length === 0) return
    const ids = stored.map(({ id }) => id)
    const events = await ChainEvent.query({ client: trx }).whereIn('id', ids).orderBy(['blockNumber', 'logIndex'])
    for (const event of events) await this.#run(trx, event, 'seen')
  }

  /** In the order they came in; the last is undone first. */
  async orphaned(trx: Trx, events: readonly ChainEvent[]) {
    for (const event of events.toReversed()) await this.#run(trx, event, 'orphaned')
  }

  async #run(trx: Trx, event: ChainEvent, moment: 'seen' | 'orphaned') {
    const effects = this.effects.of(event.name).filter((effect) => effect[moment])
    if (effects.length === 0) return
    try {
      await trx.transaction(async (savepoint) => {
        for (const effect of effects) await effect[moment]!(savepoint, event)
      })
    } catch (error) {
      this.logger.error({ err: error, event: event.id, moment }, 'An event of the chain could not be shown')
      await trx
        .from('chain_events')
        .where('id', event.id)
        .update({ problem: problemOf(error) })
    }
  }
}
