import type { PersonalDataHolder } from '#core/contracts/personal_data'

/** What was said to somebody. That it was said stays; a message still to be sent keeps its words until it has left. */
export const personalMessages: PersonalDataHolder = {
  async erase(trx, { customerId }) {
    await trx
      .from('notifications')
      .where('customer_id', customerId)
      .whereNotIn('status', ['PENDING', 'PROCESSING', 'FAILED'])
      .update({ params: null })
  },
}
