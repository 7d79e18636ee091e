import type { HistoryItem } from '#ledger/history/history_item'
import { HistoryItemQuery } from '#ledger/queries/history_item_query'
import type { Reference } from '#ledger/transfer_input'
import Invoice from '#payments/models/invoice'
import StarOrder from '#stars/models/star_order'
import type { BotContext } from '#bot/context'
import { kindName, type HistoryPlace } from '#bot/money/history_screens'
import { historyPageData } from '#bot/screens/history_data'
import { invoiceData } from '#bot/screens/money_data'
import { listKeyboard, type Screen } from '#bot/screens/screen'
import { starOrderData } from '#bot/screens/stars_data'
import { formatAmount } from '#bot/texts/format_amount'
import { momentText } from '#bot/texts/moment_text'

/** What a movement was for, as the customer knows it. */
interface Subject {
  text: string
  /** The provider's name of the payment. */
  externalId: string | null
  /** To what it belongs. */
  button: { text: string; data: string }
}

/** One movement in full; null when it is not the customer's. */
export async function entryScreen(ctx: BotContext, entryId: number, back: HistoryPlace): Promise<Screen | null> {
  const query = await ctx.make(HistoryItemQuery)
  const item = await query.run(ctx.customer.id, entryId)
  if (!item) return null
  const subject = await subjectOf(ctx, item.reference)
  const details = [
    ctx.t('bot_money.entry_balance', { balance: item.balanceAfter }),
    subject ? ctx.t('bot_money.entry_for', { what: subject.text }) : '',
    subject?.externalId ? ctx.t('bot_money.entry_external', { external: subject.externalId }) : '',
    ctx.t('bot_money.entry_number', { reference: String(item.transferId) }),
  ]
  return {
    text: [await headOf(ctx, item), ...details].filter(Boolean).join('\n'),
    keyboard: listKeyboard(ctx, subject ? [subject.button] : [], historyPageData.pack(back)),
  }
}

async function headOf(ctx: BotContext, { kind, account, amount, status, at }: HistoryItem) {
  const title =
    account === 'granted' ? ctx.label('bot_money.kind_granted', { kind: kindName(ctx, kind) }) : kindName(ctx, kind)
  return ctx.t('bot_money.entry', {
    title,
    amount: formatAmount(amount, ctx.locale, { signed: true }),
    status: ctx.label(`bot_money.statuses.${status}`),
    at: await momentText(ctx, at),
  })
}

async function subjectOf(ctx: BotContext, reference: Reference | null): Promise<Subject | null> {
  const customerId = ctx.customer.id
  if (reference?.type === 'invoice') {
    const invoice = await Invoice.query()
      .where({ id: Number(reference.id), customerId })
      .first()
    return invoice && invoiceIn(ctx, invoice)
  }
  if (reference?.type === 'star_order') {
    const order = await StarOrder.query()
      .where({ reference: String(reference.id), customerId })
      .first()
    return order && orderIn(ctx, order)
  }
  return null
}

const invoiceIn = (ctx: BotContext, { id, reference, providerPaymentId, providerInvoiceId }: Invoice): Subject => ({
  text: ctx.label('bot_money.subjects.invoice', { reference }),
  externalId: providerPaymentId ?? providerInvoiceId,
  button: { text: ctx.label('notifications.buttons.invoice'), data: invoiceData.pack({ invoice: id }, 'notice') },
})

const orderIn = (ctx: BotContext, { reference }: StarOrder): Subject => ({
  text: ctx.label('bot_money.subjects.star_order', { reference }),
  externalId: null,
  button: { text: ctx.label('notifications.buttons.star_order'), data: starOrderData.pack({ order: reference }) },
})
