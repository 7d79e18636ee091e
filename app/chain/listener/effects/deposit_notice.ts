import type { OutboxMessage } from '#core/contracts/outbox'
import type { Trx } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import Customer from '#customers/models/customer'

export interface Deposit {
  customerId: number
  money: Money
  /** Of its transfer in the ledger: the same is told once. */
  key: string
}

/** Null for somebody who has been anonymised: there is nobody to tell. */
export async function depositNotice(trx: Trx, { customerId, money, key }: Deposit): Promise<OutboxMessage | null> {
  const customer = await Customer.find(customerId, { client: trx })
  if (!customer || customer.isAnonymised) return null
  return {
    type: 'PAYMENT',
    chatId: customer.telegramId,
    customerId,
    template: 'deposit_received',
    params: { amount: money },
    buttons: [[{ action: 'wallet' }], [{ action: 'raffle' }]],
    dedupeKey: `deposit_received:${key}`,
  }
}
