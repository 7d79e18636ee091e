import { ChainEventSchema } from '#database/schema'
import { Money } from '#core/money/money'
import type { EventName, EventStatus } from '#chain/values'

/** Something a contract said in a block. */
export default class ChainEvent extends ChainEventSchema {
  static table = 'chain_events'

  declare name: EventName
  declare status: EventStatus
  declare args: Record<string, string>

  get money() {
    return this.amount === null ? null : Money.of(this.amount, 'USDT')
  }
}
