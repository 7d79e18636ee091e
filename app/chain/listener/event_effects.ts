import type { Trx } from '#core/database/transaction'
import type ChainEvent from '#chain/models/chain_event'
import type { EventName } from '#chain/values'

/** What follows an event, as the room that owns it knows. Each method runs in the transaction that writes the event. */
export interface EventEffect {
  name: EventName
  /** It is in a block that may still be replaced: show it, owe nothing. */
  seen?(trx: Trx, event: ChainEvent): Promise<void>
  /** Its block is gone. It may come again in another one, with `seen`. */
  orphaned?(trx: Trx, event: ChainEvent): Promise<void>
  /** It stays. Called once for a transaction and its ordinal, in the order of the chain. */
  confirmed(trx: Trx, event: ChainEvent): Promise<void>
}

/** Registry of effects; rooms register theirs when they boot. Several may follow the same event, in that order. */
export class EventEffects {
  readonly #effects: EventEffect[] = []

  register(effect: EventEffect) {
    this.#effects.push(effect)
  }

  of(name: EventName): readonly EventEffect[] {
    return this.#effects.filter((effect) => effect.name === name)
  }
}
