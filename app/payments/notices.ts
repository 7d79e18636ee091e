import type { Money } from '#core/money/money'
import type { OutboxMessage } from '#core/contracts/outbox'
import type { Trx } from '#core/database/transaction'
import Customer from '#customers/models/customer'

/** Messages to a customer about their money, by template in `notifications.json`. */
export type PaymentNotice =
  | 'payment_received'
  | 'payment_underpaid'
  | 'payment_overpaid'
  | 'payment_in_review'
  | 'payment_credited'
  | 'payment_refunded'
  | 'payment_refunded_balance'

export interface NoticeInput {
  customerId: number
  template: PaymentNotice
  money: Money
  reference: string
  /** Its button opens the invoice. */
  invoiceId?: number
  /** The same key is told once. */
  key: string
}

/** Null for somebody who has been anonymised: there is nobody to tell. */
export async function noticeOf(trx: Trx, input: NoticeInput): Promise<OutboxMessage | null> {
  const customer = await Customer.find(input.customerId, { client: trx })
  if (!customer || customer.isAnonymised) return null
  return {
    type: 'PAYMENT',
    chatId: customer.telegramId,
    customerId: customer.id,
    template: input.template,
    params: { amount: input.money, reference: input.reference },
    buttons: [[input.invoiceId ? { action: 'invoice', id: input.invoiceId } : { action: 'balance' }]],
    dedupeKey: `${input.template}:${input.key}`,
  }
}
