import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { StarFulfilmentSchema } from '#database/schema'
import StarOrder from '#stars/models/star_order'
import type { FulfilmentState, ProviderName } from '#stars/values'

/** What a delivery through Fragment has learned so far. */
export interface FragmentProgress {
  recipient?: string
  /** Number of the request at Fragment, and what it asked for then, in nanoton. */
  requestId?: string
  requestAmount?: string
  requestedAt?: number
  message?: { address: string; amount: string; payload: string | null }
  /** Row of `ton_transfers`. */
  transferId?: number
  transferAttempt?: number
  paidAt?: number
}

/** One attempt at delivering an order. An order has one open attempt at most. */
export default class StarFulfilment extends StarFulfilmentSchema {
  static table = 'star_fulfilments'

  declare provider: ProviderName
  declare state: FulfilmentState
  declare progress: FragmentProgress

  @belongsTo(() => StarOrder, { foreignKey: 'orderId' })
  declare order: BelongsTo<typeof StarOrder>
}
