import ChainEvent from '#chain/models/chain_event'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import type { HistoryItem } from '#ledger/history/history_item'
import { HistoryItemQuery } from '#ledger/queries/history_item_query'
import type { Reference } from '#ledger/transfer_input'
import Bet from '#markets/models/bet'
import Invoice from '#payments/models/invoice'
import RaffleEntry from '#raffles/models/raffle_entry'
import StarOrder from '#stars/models/star_order'
import type { BotContext } from '#bot/context'
import { kindName, type HistoryPlace } from '#bot/money/history_screens'
import { historyPageData } from '#bot/screens/history_data'
import { betData } from '#bot/screens/market_data'
import { invoiceData } from '#bot/screens/money_data'
import { raffleEntryData } from '#bot/screens/raffle_data'
import { listKeyboard, type Screen } from '#bot/screens/screen'
import { starOrderData } from '#bot/screens/stars_data'
import { walletData, withdrawalData } from '#bot/screens/wallet_data'
import { formatAmount } from '#bot/texts/format_amount'
import { momentText } from '#bot/texts/moment_text'

/** What a movement was for, as the customer knows it. */
interface Subject {
  text: string
  /** What others know it by, worded; empty when nobody else has a name for it. */
  elsewhere: string
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
    subject?.elsewhere ?? '',
    ctx.t('bot_money.entry_number', { reference: String(item.transferId) }),
  ]
  return {
    text: [await headOf(ctx, item), ...details].filter(Boolean).join('\n'),
    keyboard: listKeyboard(ctx, subject ? [subject.button] : [], historyPageData.pack(back)),
  }
}

async function headOf(ctx: BotContext, { kind, account, amount, status, at }: HistoryItem) {
  const title = ['granted', 'owed_granted'].includes(account)
    ? ctx.label('bot_money.kind_granted', { kind: kindName(ctx, kind) })
    : kindName(ctx, kind)
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
  if (reference?.type === 'bet') {
    const bet = await Bet.query()
      .where({ reference: String(reference.id), customerId })
      .first()
    return bet && betIn(ctx, bet)
  }
  if (reference?.type === 'chain_event') {
    const event = await ChainEvent.find(Number(reference.id))
    return event && eventIn(ctx, event)
  }
  return null
}

function invoiceIn(ctx: BotContext, { id, reference, providerPaymentId, providerInvoiceId }: Invoice): Subject {
  const external = providerPaymentId ?? providerInvoiceId
  return {
    text: ctx.label('bot_money.subjects.invoice', { reference }),
    elsewhere: external ? ctx.t('bot_money.entry_external', { external }) : '',
    button: { text: ctx.label('notifications.buttons.invoice'), data: invoiceData.pack({ invoice: id }, 'notice') },
  }
}

const orderIn = (ctx: BotContext, { reference }: StarOrder): Subject => ({
  text: ctx.label('bot_money.subjects.star_order', { reference }),
  elsewhere: '',
  button: { text: ctx.label('notifications.buttons.star_order'), data: starOrderData.pack({ order: reference }) },
})

const betIn = (ctx: BotContext, { reference }: Bet): Subject => ({
  text: ctx.label('bot_money.subjects.bet', { reference }),
  elsewhere: '',
  button: { text: ctx.label('notifications.buttons.bet'), data: betData.pack({ bet: reference }) },
})

/** USDT that moved on the chain: for an entry, a withdrawal, or in or out of the wallet otherwise. */
async function eventIn(ctx: BotContext, { txHash }: ChainEvent): Promise<Subject> {
  const ofCustomer = { customerId: ctx.customer.id, txHash }
  const entry = await RaffleEntry.query().where(ofCustomer).first()
  const withdrawal = await ChainWithdrawal.query().where(ofCustomer).first()
  const [what, reference, data] = entry
    ? ['raffle_entry', entry.reference, raffleEntryData.pack({ entry: entry.reference })]
    : withdrawal
      ? ['withdrawal', withdrawal.reference, withdrawalData.pack({ withdrawal: withdrawal.reference })]
      : ['wallet', '', walletData.pack({})]
  return {
    text: ctx.label(`bot_money.subjects.${what}`, { reference }),
    elsewhere: ctx.t('bot_money.entry_tx', { hash: txHash }),
    button: { text: ctx.label(`notifications.buttons.${what}`), data },
  }
}
