import i18nManager from '@adonisjs/i18n/services/main'
import type { CauseSource } from '#ledger/references/references'
import Invoice from '#payments/models/invoice'

/** Invoices as the ledger's pages tell them; transfers refer to them by number or by reference. */
export const invoiceCauses: CauseSource = {
  type: 'invoice',
  async causes(ids) {
    const numbers = ids.filter((id) => /^\d{1,15}$/.test(id)).map(Number)
    const invoices = await Invoice.query().whereIn('id', numbers).orWhereIn('reference', ids)
    const t = i18nManager.locale(i18nManager.defaultLocale)
    return new Map(
      invoices.flatMap(({ id, reference, providerPaymentId, providerInvoiceId }) => {
        const cause = {
          title: t.t('panel.audit.subjects.invoice', { id: reference }),
          externalId: providerPaymentId ?? providerInvoiceId,
          link: { route: 'admin.payments.show', params: [reference] },
        }
        return [String(id), reference].map((name) => [name, cause] as const)
      })
    )
  },
}
