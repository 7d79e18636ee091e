import type { PersonalDataHolder } from '#core/contracts/personal_data'
import { OPEN_ENTRIES } from '#raffles/values'

/** Which message showed an entry goes with the person, once the entry is over; what stands on the chain stays. */
export const entryData: PersonalDataHolder = {
  async erase(trx, { customerId }) {
    await trx
      .from('raffle_entries')
      .where('customer_id', customerId)
      .whereNotIn('status', [...OPEN_ENTRIES])
      .update({ message_id: null })
  },
}
