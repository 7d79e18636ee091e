import { StarOrderEventSchema } from '#database/schema'
import type { ActorType } from '#core/contracts/audit'
import type { OrderStatus } from '#stars/values'

/** One line of an order's history. Append-only. */
export default class StarOrderEvent extends StarOrderEventSchema {
  static table = 'star_order_events'

  declare status: OrderStatus
  declare actorType: ActorType
}
