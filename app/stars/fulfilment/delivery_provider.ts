import type { Trx } from '#core/database/transaction'
import type StarFulfilment from '#stars/models/star_fulfilment'
import type StarOrder from '#stars/models/star_order'
import type { Attention, ProviderName, Reason } from '#stars/values'

/** What came of one step of a delivery. */
export type StepOutcome =
  /** Written; the next step may follow at once. */
  | { kind: 'next' }
  /** Nothing to do before that moment, or before somebody acts. */
  | { kind: 'wait'; forMs: number; error?: string }
  | { kind: 'delivered' }
  /** Certainly not delivered, and no use in trying again. */
  | { kind: 'failed'; reason: Reason; error: string }
  | { kind: 'person'; attention: Attention; forMs: number; error?: string }

/** Hands Stars over. Whatever it does outside is written down before, and never done again without looking first. */
export abstract class DeliveryProvider {
  abstract readonly name: ProviderName
  /** In the transaction in which the delivery begins. */
  abstract begin(trx: Trx, order: StarOrder): Promise<void>
  /** Goes one step on from where `fulfilment` stands. */
  abstract step(order: StarOrder, fulfilment: StarFulfilment): Promise<StepOutcome>
}
