import type { PersonalDataHolder } from '#core/contracts/personal_data'

/** What providers said of the person. That and how much was paid stays. */
export const paymentData: PersonalDataHolder = {
  async erase(trx, { customerId }) {
    const own = trx.from('invoices').where('customer_id', customerId).select('id')
    await trx.from('webhook_events').whereIn('invoice_id', own).whereNotNull('processed_at').update({ body: '' })
    await trx.from('refunds').whereIn('invoice_id', own.clone()).where('status', 'done').update({ address: null })
    await trx.from('invoices').where('customer_id', customerId).update({ payload: null })
  },
}
