import { inject } from '@adonisjs/core'
import { SYSTEM_ACTOR, type Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { ok, type Result } from '#core/result'
import { system, wallet, type SystemAccount } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import type { TransferKind } from '#ledger/transfer_kinds'
import { RefundToBalance } from '#payments/actions/refund_to_balance'
import type StarFulfilment from '#stars/models/star_fulfilment'
import type StarOrder from '#stars/models/star_order'

export interface Charge {
  customerId: number
  price: Money
  /** The purchase's own key and the order's reference: the order's row comes after the money. */
  key: string
  reference: string
  actor: Actor
}

interface StarsMove {
  step: 'sold' | 'delivered' | 'returned'
  kind: TransferKind
  from: SystemAccount
  to: SystemAccount
}

const SOLD: StarsMove = { step: 'sold', kind: 'purchase', from: 'stars:inventory', to: 'stars:owed' }
const DELIVERED: StarsMove = { step: 'delivered', kind: 'delivery', from: 'stars:owed', to: 'stars:delivered' }
const RETURNED: StarsMove = { step: 'returned', kind: 'refund', from: 'stars:owed', to: 'stars:inventory' }

/**
 * The books of an order: see ADR 0010. Money goes to `revenue`; Stars go from `stars:inventory` to `stars:owed` when
 * they are sold, on to `stars:delivered` or back. So `stars:owed` is what customers wait for, at any moment.
 */
@inject()
export class OrderPostings {
  constructor(
    private ledger: Ledger,
    private refunds: RefundToBalance
  ) {}

  /** Takes the price out of the customer's balance. Refuses as the ledger does: `insufficient_funds`. */
  charge(trx: Trx, { customerId, price, key, reference, actor }: Charge) {
    return this.ledger.transfer(trx, {
      kind: 'purchase',
      key: `star_order:${key}:paid`,
      postings: [{ from: wallet(customerId, price.currency), to: system('revenue', price.currency), amount: price }],
      reference: { type: 'star_order', id: reference },
      actor,
    })
  }

  sold(trx: Trx, order: StarOrder, actor: Actor) {
    return this.#moveStars(trx, order, SOLD, actor)
  }

  delivered(trx: Trx, order: StarOrder, actor: Actor) {
    return this.#moveStars(trx, order, DELIVERED, actor)
  }

  returned(trx: Trx, order: StarOrder, actor: Actor) {
    return this.#moveStars(trx, order, RETURNED, actor)
  }

  /** The price goes back to the customer's balance, whichever way they paid. Answers the transfer's id. */
  async refund(trx: Trx, order: StarOrder, reason: string, actor: Actor): Promise<Result<number>> {
    if (order.invoiceId !== null) {
      const refunded = await this.refunds.in(trx, { invoiceId: order.invoiceId, reason, actor, isSilent: true })
      return refunded.ok ? ok(refunded.value.transferId) : refunded
    }
    const { total } = order
    const posted = await this.ledger.transfer(trx, {
      kind: 'refund',
      key: `star_order:${order.id}:refunded`,
      postings: [
        { from: system('revenue', total.currency), to: wallet(order.customerId, total.currency), amount: total },
      ],
      reference: { type: 'star_order', id: order.reference },
      actor,
      corrects: order.paymentTransferId,
      note: reason,
    })
    return posted.ok ? ok(posted.value.id) : posted
  }

  /** What the house paid for the Stars, from a wallet that it fills by itself. Fees of the network are not booked. */
  async cost(trx: Trx, order: StarOrder, fulfilment: StarFulfilment, amount: Money) {
    const posted = await this.ledger.transfer(trx, {
      kind: 'cost',
      key: `star_fulfilment:${fulfilment.id}:cost`,
      postings: [{ from: system('clearing:fragment', 'TON'), to: system('stars:cost', 'TON'), amount }],
      reference: { type: 'star_order', id: order.reference },
      actor: SYSTEM_ACTOR,
    })
    if (!posted.ok) throw new Error(`What order ${order.reference} cost was not booked: ${posted.refusal.code}`)
  }

  async #moveStars(trx: Trx, order: StarOrder, { step, kind, from, to }: StarsMove, actor: Actor) {
    const posted = await this.ledger.transfer(trx, {
      kind,
      key: `star_order:${order.id}:${step}`,
      postings: [
        { from: system(from, 'STARS'), to: system(to, 'STARS'), amount: Money.of(BigInt(order.delivered), 'STARS') },
      ],
      reference: { type: 'star_order', id: order.reference },
      actor,
    })
    if (!posted.ok) throw new Error(`The Stars of order ${order.reference} were not booked: ${posted.refusal.code}`)
  }
}
