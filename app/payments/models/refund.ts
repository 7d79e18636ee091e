import { RefundSchema } from '#database/schema'
import type { Actor } from '#core/contracts/audit'
import type { Currency } from '#core/money/currency'
import { Money } from '#core/money/money'
import type { RefundStatus, RefundWay } from '#payments/values'

/** Money on its way back to a customer. */
export default class Refund extends RefundSchema {
  static table = 'refunds'

  declare status: RefundStatus
  declare way: RefundWay
  declare currency: Currency
  declare actorType: Actor['type']

  get money() {
    return Money.of(this.amount, this.currency)
  }

  get actor(): Actor {
    return { type: this.actorType, id: this.actorId, name: this.actorName }
  }
}
