import { InlineKeyboard } from 'grammy'
import type { Money } from '#core/money/money'
import RafflePlayer from '#raffles/models/raffle_player'
import { CurrentRaffleQuery, type CurrentRaffle } from '#raffles/queries/current_raffle_query'
import { CustomerRaffleQuery } from '#raffles/queries/customer_raffle_query'
import { entriesPerRound } from '#raffles/settings'
import type { BotContext } from '#bot/context'
import { chainIsOn, raffleIsOn } from '#bot/raffle/raffle_is_on'
import { enterRaffleData, raffleEntriesData, raffleEntryData, raffleWinnersData } from '#bot/screens/raffle_data'
import { navigation, type Screen } from '#bot/screens/screen'
import { walletData } from '#bot/screens/wallet_data'
import { momentText } from '#bot/texts/moment_text'

/** Where a customer stands in the round. */
interface Part {
  entries: number
  /** Reference of the entry that is on its way. */
  underway: string | null
  mayEnter: boolean
}

export async function showRaffle(ctx: BotContext) {
  const isOn = await raffleIsOn(ctx)
  return ctx.show(isOn ? await raffleScreen(ctx) : raffleOffScreen(ctx, await chainIsOn(ctx)))
}

/** The round as it stands, and the button that enters it. */
async function raffleScreen(ctx: BotContext): Promise<Screen> {
  const query = await ctx.make(CurrentRaffleQuery)
  const current = await query.run()
  if (!current) return { text: ctx.t('bot_raffle.not_yet'), keyboard: keyboardOf(ctx) }
  const part = await partOf(ctx, current)
  const text = [await roundText(ctx, current), partText(ctx, current, part)].filter(Boolean).join('\n\n')
  return { text, keyboard: keyboardOf(ctx, actionOf(ctx, current, part)) }
}

/** What was entered is drawn and paid, and can be looked at. */
const raffleOffScreen = (ctx: BotContext, hasChain: boolean): Screen => ({
  text: ctx.t('bot_raffle.off'),
  keyboard: hasChain ? keyboardOf(ctx) : navigation(ctx),
})

async function roundText(ctx: BotContext, { raffle, fee, pool, participants, nextDrawAt }: CurrentRaffle) {
  const lines = [
    ctx.t('bot_raffle.round', { round: raffle.round, fee, pool, participants }),
    nextDrawAt ? ctx.t('bot_raffle.next_draw', { at: await momentText(ctx, nextDrawAt) }) : '',
  ]
  return lines.filter(Boolean).join('\n')
}

async function partOf(ctx: BotContext, { raffle }: CurrentRaffle): Promise<Part> {
  const [{ $extras: counted }] = await RafflePlayer.query()
    .where({ raffleId: raffle.id, customerId: ctx.customer.id })
    .whereIn('status', ['seen', 'confirmed'])
    .count('* as entries')
  const [entries, limit] = [Number(counted.entries), await ctx.deps.settings.get(entriesPerRound)]
  const query = await ctx.make(CustomerRaffleQuery)
  const open = await query.open(ctx.customer.id)
  const mayEnter = raffle.status === 'open' && !open && (limit === 0 || entries < limit)
  return { entries, underway: open?.reference ?? null, mayEnter }
}

function partText(ctx: BotContext, { raffle }: CurrentRaffle, { entries, underway, mayEnter }: Part) {
  const lines = [
    raffle.status === 'drawing' ? ctx.t('bot_raffle.drawing') : '',
    entries > 0 ? ctx.t('bot_raffle.you_are_in', { entries }) : '',
    underway ? ctx.t('bot_raffle.underway') : '',
    mayEnter ? ctx.t('bot_raffle.how') : '',
  ]
  return lines.filter(Boolean).join('\n\n')
}

function actionOf(ctx: BotContext, { fee }: CurrentRaffle, { underway, mayEnter }: Part) {
  if (underway) {
    return InlineKeyboard.text(ctx.label('bot_raffle.underway_button'), raffleEntryData.pack({ entry: underway }))
  }
  if (!mayEnter) return null
  return enterButton(ctx, fee)
}

export const enterButton = (ctx: BotContext, fee: Money) =>
  InlineKeyboard.text(
    ctx.label('bot_raffle.enter_button', { fee }),
    enterRaffleData.pack({ key: ctx.update.update_id, fee: fee.minor })
  )

function keyboardOf(ctx: BotContext, action: ReturnType<typeof actionOf> = null) {
  const entries = InlineKeyboard.text(ctx.label('bot_raffle.entries_button'), raffleEntriesData.pack({}))
  const winners = InlineKeyboard.text(ctx.label('bot_raffle.winners_button'), raffleWinnersData.pack({}))
  const wallet = InlineKeyboard.text(ctx.label('bot_wallet.button'), walletData.pack({}))
  return InlineKeyboard.from([
    ...(action ? [[action]] : []),
    [entries, winners],
    [wallet],
    ...navigation(ctx).inline_keyboard,
  ])
}
