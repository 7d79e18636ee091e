import type { PersonalDataHolder } from '#core/contracts/personal_data'

/** Whom Stars were for goes with the person, once nothing is owed to them any more; money and numbers stay. */
export const orderData: PersonalDataHolder = {
  async erase(trx, { customerId }) {
    await trx
      .from('star_orders')
      .where('customer_id', customerId)
      .whereIn('status', ['fulfilled', 'refunded', 'cancelled'])
      .update({ recipient_username: null, message_id: null })
  },
}
