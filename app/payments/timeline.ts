import i18nManager from '@adonisjs/i18n/services/main'
import type { TimelineItem, TimelineProvider } from '#core/contracts/timeline_source'
import { formatMoney } from '#core/money/format_money'
import Invoice from '#payments/models/invoice'

const KIND = 'payments'

/** Invoices of a customer, at the moment they were made. */
export class PaymentsTimeline implements TimelineProvider {
  readonly kind = KIND

  async items(customerId: number, before: number, limit: number): Promise<TimelineItem[]> {
    const t = (key: string, params?: Record<string, string>) =>
      i18nManager.locale(i18nManager.defaultLocale).t(`panel.timeline.payments.${key}`, params)
    const invoices = await Invoice.query()
      .where('customer_id', customerId)
      .where('created_at', '<', before)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
    return invoices.map((invoice) => ({
      at: invoice.createdAt,
      kind: KIND,
      icon: 'credit-card',
      title: t(invoice.status, { amount: formatMoney(invoice.money) }),
      detail: t('detail', { reference: invoice.reference, way: t(`ways.${invoice.provider}`) }),
      link: { route: 'admin.payments.show', params: [invoice.reference] },
    }))
  }
}
