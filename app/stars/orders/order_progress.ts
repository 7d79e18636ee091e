import { inject } from '@adonisjs/core'
import type { SymbolicButton } from '#core/contracts/outbox'
import type { Trx } from '#core/database/transaction'
import Customer from '#customers/models/customer'
import { LiveMessages } from '#notifications/outbox/live_messages'
import type StarOrder from '#stars/models/star_order'
import { mayBecome } from '#stars/orders/transitions'

/** Tells the customer how their order goes: one message, edited with each step. */
@inject()
export class OrderProgress {
  constructor(private messages: LiveMessages) {}

  async tell(trx: Trx, order: StarOrder) {
    const customer = await Customer.findOrFail(order.customerId, { client: trx })
    await this.messages.write(trx, {
      type: 'ORDER',
      chatId: customer.telegramId,
      customerId: customer.id,
      key: `star_order:${order.id}`,
      change: order.status,
      messageId: order.messageId,
      template: `star_order_${order.status}`,
      params: {
        reference: order.reference,
        stars: order.delivered,
        recipient: recipientOf(order, customer),
        price: order.total,
      },
      buttons: buttonsOf(order),
    })
  }
}

const recipientOf = (order: StarOrder, customer: Customer) =>
  order.recipientUsername ? `@${order.recipientUsername}` : customer.displayName

/** An order that is still on its way can be opened. */
function buttonsOf({ status, reference }: StarOrder): SymbolicButton[][] {
  const isOpen = mayBecome(status, 'paid') || mayBecome(status, 'refunded')
  const open: SymbolicButton[][] = isOpen ? [[{ action: 'star_order', id: reference }]] : []
  return [...open, [{ action: 'menu' }]]
}
