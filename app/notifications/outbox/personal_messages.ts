import type { NotificationType } from '#core/contracts/outbox'
import type { DataSubject, PersonalDataHolder } from '#core/contracts/personal_data'
import type { Trx } from '#core/database/transaction'

/** News of somebody's money, which they get whatever they asked us to forget. */
const OWED: NotificationType[] = ['PAYMENT', 'ORDER']
const WAITING = ['PENDING', 'FAILED']

/**
 * What was said to somebody. That it was said stays, the words go at once; what waits is not sent any more, unless it
 * is news of their money. That, and what the sender holds at this moment, keeps its words until it has left:
 * `ForgetMessages` comes back for it. Rows of broadcasts hold no words, and their broadcast counts them.
 */
export const personalMessages: PersonalDataHolder = {
  async erase(trx, subject) {
    await ofCustomer(trx, subject)
      .whereIn('status', WAITING)
      .whereNotIn('type', OWED)
      .update({ status: 'CANCELLED', reason: 'anonymised' })
    await ofCustomer(trx, subject)
      .whereNotIn('status', [...WAITING, 'PROCESSING'])
      .whereNotNull('params')
      .update({ params: null })
  },
}

const ofCustomer = (trx: Trx, { customerId }: DataSubject) =>
  trx.from('notifications').where('customer_id', customerId).whereNull('broadcast_id')
