import { hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import { StarOrderSchema } from '#database/schema'
import { Money } from '#core/money/money'
import StarFulfilment from '#stars/models/star_fulfilment'
import StarOrderEvent from '#stars/models/star_order_event'
import type { Attention, OrderStatus, PayWith, PriceCurrency, ProviderName, Reason, RecipientKind } from '#stars/values'

/** Stars that a customer buys, at the price they were shown. */
export default class StarOrder extends StarOrderSchema {
  static table = 'star_orders'

  declare status: OrderStatus
  declare payWith: PayWith
  declare currency: PriceCurrency
  declare recipientKind: RecipientKind
  declare provider: ProviderName | null
  declare attention: Attention | null
  declare reason: Reason | null

  @hasMany(() => StarOrderEvent, { foreignKey: 'orderId' })
  declare events: HasMany<typeof StarOrderEvent>

  @hasMany(() => StarFulfilment, { foreignKey: 'orderId' })
  declare fulfilments: HasMany<typeof StarFulfilment>

  /** What the recipient gets. */
  get delivered() {
    return this.stars + this.bonus
  }

  get total() {
    return Money.of(this.price, this.currency)
  }
}
