import { formatMoney } from '#core/money/format_money'
import type Invoice from '#payments/models/invoice'
import type PaymentBreak from '#payments/models/payment_break'
import type Refund from '#payments/models/refund'
import type WebhookEvent from '#payments/models/webhook_event'
import type { WebhookEffect } from '#payments/values'
import { panelText } from '#admin/shared/words'

interface Detail {
  invoice: Invoice
  events: WebhookEvent[]
  breaks: PaymentBreak[]
  refunds: Refund[]
}

/** What `@timeline` shows; `link` is a route of the panel. */
export interface InvoiceEvent {
  at: number
  icon: string
  title: string
  detail?: string
  tone?: string
  link?: [route: string, id: number]
}

/** Everything that happened to an invoice, newest first; of what happened at once, the consequence first. */
export function invoiceEvents({ invoice, events, breaks, refunds }: Detail): InvoiceEvent[] {
  return [
    ...refunds.flatMap(refundEvents),
    ...breaks.flatMap(breakEvents),
    ...closed(invoice),
    ...paid(invoice),
    ...events.map(webhook),
    created(invoice),
  ].sort((one, other) => other.at - one.at)
}

const created = (invoice: Invoice): InvoiceEvent => ({
  at: invoice.createdAt,
  icon: 'receipt',
  title: words('created', { amount: formatMoney(invoice.charge) }),
  detail: invoice.polls > 0 ? words('polls', { count: invoice.polls }) : undefined,
})

function paid({ paidAt, received, charge, paidAsset, paidAssetAmount }: Invoice): InvoiceEvent[] {
  if (paidAt === null) return []
  const title = words('paid', { amount: formatMoney(received ?? charge) })
  const detail = paidAsset ? words('asset', { amount: `${paidAssetAmount} ${paidAsset}` }) : undefined
  return [{ at: paidAt, icon: 'circle-check', tone: 'success', title, detail }]
}

function closed({ status, updatedAt, failure }: Invoice): InvoiceEvent[] {
  if (status !== 'expired' && status !== 'failed' && status !== 'cancelled') return []
  return [{ at: updatedAt, icon: 'circle-x', tone: 'warning', title: words(status), detail: failure ?? undefined }]
}

const TONES: Partial<Record<WebhookEffect, string>> = {
  credited: 'success',
  recorded: 'info',
  break: 'warning',
  unknown_invoice: 'danger',
  not_ours: 'danger',
  unreadable: 'danger',
}

const webhook = ({ id, receivedAt, effect, detail, deliveries }: WebhookEvent): InvoiceEvent => ({
  at: receivedAt,
  icon: 'webhook',
  tone: effect ? TONES[effect] : 'info',
  title: words('webhook', { effect: panelText(`payments.effects.${effect ?? 'waiting'}`) }),
  detail: [detail, deliveries > 1 && words('deliveries', { count: deliveries })].filter(Boolean).join(' · '),
  link: ['admin.payments.webhooks.show', id],
})

function breakEvents({ id, kind, createdAt, resolvedAt, resolution, reason }: PaymentBreak): InvoiceEvent[] {
  const link: InvoiceEvent['link'] = ['admin.reconciliation.show', id]
  const title = words('break', { kind: panelText(`reconciliation.kinds.${kind}.title`) })
  const opened: InvoiceEvent = { at: createdAt, icon: 'scale', tone: 'warning', title, link }
  if (resolvedAt === null) return [opened]
  const settled = words('settled', { resolution: panelText(`reconciliation.resolutions.${resolution}.done`) })
  return [opened, { at: resolvedAt, icon: 'scale', tone: 'success', title: settled, detail: reason ?? undefined, link }]
}

function refundEvents({ money, way, status, reason, error, createdAt, finishedAt, actorName }: Refund): InvoiceEvent[] {
  const icon = 'receipt-refund'
  const title = words('refund_asked', { actor: actorName, way: panelText(`payments.refunds.ways.${way}.short`) })
  const asked: InvoiceEvent = { at: createdAt, icon, tone: 'info', title, detail: reason }
  if (finishedAt === null) return [asked]
  const isDone = status === 'done'
  const end = words(`refund_${isDone ? 'done' : 'failed'}`, { amount: formatMoney(money) })
  return [asked, { at: finishedAt, icon, tone: isDone ? 'success' : 'danger', title: end, detail: error ?? undefined }]
}

const words = (key: string, params: Record<string, string | number> = {}) => panelText(`payments.events.${key}`, params)
