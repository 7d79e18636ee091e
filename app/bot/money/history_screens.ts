import { InlineKeyboard } from 'grammy'
import { CustomerHistoryQuery, HISTORY_DAYS, type HistoryPage } from '#ledger/queries/customer_history_query'
import type { HistoryItem } from '#ledger/history/history_item'
import type { TransferKind } from '#ledger/transfer_kinds'
import type { BotContext } from '#bot/context'
import { zoneOf } from '#bot/features/time_zone'
import { historyData, historyEntryData, historyKindsData, historyPageData } from '#bot/screens/history_data'
import { balanceData } from '#bot/screens/money_data'
import { inRows, navigation, type Screen } from '#bot/screens/screen'
import { formatAmount } from '#bot/texts/format_amount'

/** What a customer may look for; the rest shows among all. */
const FILTERS = [
  'all',
  'top_up',
  'purchase',
  'refund',
  'grant',
  'referral',
  'adjustment',
  'exchange',
  'deposit',
  'withdrawal',
  'raffle_entry',
  'raffle_prize',
  'bet',
  'bet_payout',
  'bet_refund',
  'mission_reward',
  'leaderboard_reward',
] as const

export interface HistoryPlace {
  kind: 'all' | TransferKind
  place: string
}

export const FIRST_PAGE: HistoryPlace = { kind: 'all', place: '' }

export const kindName = (ctx: BotContext, kind: HistoryPlace['kind']) => ctx.label(`bot_money.kinds.${kind}`)

/** A page of movements, each a button to its details. */
export async function historyScreen(ctx: BotContext, at: HistoryPlace): Promise<Screen> {
  const query = await ctx.make(CustomerHistoryQuery)
  const kind = at.kind === 'all' ? undefined : at.kind
  const page = await query.run({ customerId: ctx.customer.id, kind, ...positionOf(at.place) })
  const timeZone = await zoneOf(ctx)
  const day = new Intl.DateTimeFormat(ctx.locale, { day: 'numeric', month: 'short', timeZone })
  const rows = page.items.map((item) => [
    InlineKeyboard.text(entryLabel(ctx, item, day), historyEntryData.pack({ entry: item.id, ...at })),
  ])
  const filter = InlineKeyboard.text(
    ctx.label('bot_money.history_filter_button', { kind: kindName(ctx, at.kind) }),
    historyKindsData.pack({})
  )
  return {
    text: ctx.t(titleOf(page, at), { days: HISTORY_DAYS }),
    keyboard: InlineKeyboard.from([
      ...rows,
      pager(page, at.kind),
      [filter],
      ...navigation(ctx, balanceData.pack({})).inline_keyboard,
    ]),
  }
}

/** Which kinds can be looked for. */
export function kindsScreen(ctx: BotContext): Screen {
  const buttons = FILTERS.map((kind) =>
    InlineKeyboard.text(kindName(ctx, kind), historyPageData.pack({ kind, place: '' }))
  )
  const rows = [...inRows(buttons, 2), ...navigation(ctx, historyData.pack({})).inline_keyboard]
  return { text: ctx.t('bot_money.history_filter'), keyboard: InlineKeyboard.from(rows) }
}

function titleOf({ items }: HistoryPage, { kind }: HistoryPlace) {
  if (items.length > 0) return 'bot_money.history'
  return kind === 'all' ? 'bot_money.history_empty' : 'bot_money.history_empty_kind'
}

function positionOf(place: string) {
  if (place === '') return {}
  const entry = Number(place.slice(1))
  return place.startsWith('o') ? { olderThan: entry } : { newerThan: entry }
}

function pager({ newer, older }: HistoryPage, kind: HistoryPlace['kind']) {
  const button = (label: string, place: string) => InlineKeyboard.text(label, historyPageData.pack({ kind, place }))
  return [...(newer ? [button('◀️', `n${newer}`)] : []), ...(older ? [button('▶️', `o${older}`)] : [])]
}

/** `+10 TON · Top-up · 21 Nov`; the state in front when it is not done. */
function entryLabel(ctx: BotContext, { amount, kind, status, at }: HistoryItem, day: Intl.DateTimeFormat) {
  const mark = status === 'completed' ? '' : `${ctx.label(`bot_money.statuses.${status}`).split(' ')[0]} `
  return `${mark}${formatAmount(amount, ctx.locale, { signed: true })} · ${kindName(ctx, kind)} · ${day.format(at)}`
}
