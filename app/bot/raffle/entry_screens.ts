import { InlineKeyboard } from 'grammy'
import type { InlineKeyboardButton } from 'grammy/types'
import db from '@adonisjs/lucid/services/db'
import ChainOperation from '#chain/models/chain_operation'
import { ConfirmationsQuery } from '#chain/queries/confirmations_query'
import { entryView, stepOf } from '#raffles/entries/entry_view'
import type RaffleEntry from '#raffles/models/raffle_entry'
import { CustomerRaffleQuery } from '#raffles/queries/customer_raffle_query'
import type { BotContext } from '#bot/context'
import { showComposed } from '#bot/invoices/show_invoice'
import { explorerUrl, receiptUrl } from '#bot/raffle/links'
import { pageButtons } from '#bot/screens/page_buttons'
import { raffleData, raffleEntriesData, raffleEntriesPageData, raffleEntryData } from '#bot/screens/raffle_data'
import { navigation, type Screen } from '#bot/screens/screen'
import { momentText } from '#bot/texts/moment_text'

const PER_PAGE = 8

/** The customer's entries, newest first. */
export async function entriesScreen(ctx: BotContext, page: number): Promise<Screen> {
  const query = await ctx.make(CustomerRaffleQuery)
  const entries = await query.page(ctx.customer.id, { page, perPage: PER_PAGE })
  const rows = entries
    .all()
    .map((entry) => [InlineKeyboard.text(lineOf(ctx, entry), raffleEntryData.pack({ entry: entry.reference }))])
  const pages = pageButtons(raffleEntriesPageData, page, entries)
  const { entries: confirmed, wins, won } = await query.figures(ctx.customer.id)
  const text = ctx.t(entries.total > 0 ? 'bot_raffle.entries' : 'bot_raffle.entries_none', {
    count: confirmed,
    wins,
    won,
  })
  return {
    text,
    keyboard: InlineKeyboard.from([...rows, pages, ...navigation(ctx, raffleData.pack({})).inline_keyboard]),
  }
}

/** `✅ Round 12 · 10 USDT`; a trophy when the round was won. */
function lineOf(ctx: BotContext, entry: RaffleEntry) {
  const { raffle, money: fee } = entry
  const mark = ctx.label(`bot_raffle.marks.${hasWon(entry) ? 'won' : entry.status}`)
  return raffle
    ? ctx.label('bot_raffle.entry_line', { mark, round: raffle.round, fee })
    : ctx.label('bot_raffle.entry_line_roundless', { mark, fee })
}

const hasWon = ({ customerId, raffle, status }: RaffleEntry) =>
  status === 'confirmed' && raffle?.status === 'finished' && raffle.winnerCustomerId === customerId

/**
 * The entry in the message that follows it from now on. Its buttons open screens below, so that it stays where it is;
 * what happened to it while it was drawn is drawn once more.
 */
export async function showEntry(ctx: BotContext, entry: RaffleEntry): Promise<unknown> {
  const operation = await operationOf(entry)
  const shown = stepOf(entry, operation)
  await showComposed(ctx, await viewOf(ctx, entry, operation), { inPlace: true })
  await entry.refresh()
  return stepOf(entry, await operationOf(entry)) === shown ? null : showEntry(ctx, entry)
}

/** The entry as a page of the list, with Back and Home. */
export async function entryPage(ctx: BotContext, entry: RaffleEntry): Promise<Screen> {
  const { template, params } = await viewOf(ctx, entry, await operationOf(entry))
  const { raffle } = entry
  const text = [
    ctx.t(`notifications.${template}`, params),
    ctx.t('bot_raffle.entry_when', { at: await momentText(ctx, entry.createdAt) }),
    raffle ? ctx.t('bot_raffle.entry_round', { round: raffle.round }) : '',
    entry.status === 'confirmed' && raffle?.status === 'finished' ? outcomeText(ctx, entry) : '',
    entry.txHash ? ctx.t('bot_raffle.entry_tx', { hash: entry.txHash }) : '',
  ]
  const buttons = await linksOf(ctx, entry)
  return {
    text: text.filter(Boolean).join('\n'),
    keyboard: InlineKeyboard.from([...buttons, ...navigation(ctx, raffleEntriesData.pack({})).inline_keyboard]),
  }
}

const outcomeText = (ctx: BotContext, entry: RaffleEntry) =>
  ctx.t(hasWon(entry) ? 'bot_raffle.entry_won' : 'bot_raffle.entry_lost', { prize: entry.raffle.prizeMoney! })

async function linksOf(ctx: BotContext, { raffle, txHash }: RaffleEntry): Promise<InlineKeyboardButton[][]> {
  const receipt = raffle?.status === 'finished' ? await receiptUrl(ctx, raffle.reference) : null
  const explorer = await explorerUrl(ctx, txHash)
  return [
    ...(receipt ? [[InlineKeyboard.url(ctx.label('bot_raffle.receipt_button'), receipt)]] : []),
    ...(explorer ? [[InlineKeyboard.url(ctx.label('bot_raffle.explorer_button'), explorer)]] : []),
  ]
}

async function viewOf(ctx: BotContext, entry: RaffleEntry, operation: ChainOperation | null) {
  const confirmations = await ctx.make(ConfirmationsQuery)
  return entryView(entry, operation, await confirmations.ofBlock(db.connection(), entry.blockNumber))
}

const operationOf = ({ operationId }: RaffleEntry) => (operationId ? ChainOperation.find(operationId) : null)
