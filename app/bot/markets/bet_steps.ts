import { type Money } from '#core/money/money'
import type { Refusal } from '#core/result'
import { BetQuotes } from '#markets/betting/bet_quotes'
import { isOddsMoved, type BetQuote } from '#markets/betting/bet_quote'
import { PlaceBet } from '#markets/actions/place_bet'
import type Bet from '#markets/models/bet'
import type { BotContext } from '#bot/context'
import { customerActor } from '#bot/customer_actor'
import type { Flows } from '#bot/flows/flow'
import { amountHint, readAmount } from '#bot/money/read_amount'
import { BET_FLOW, keepBet, type BetDraft, type Wish } from '#bot/markets/bet_draft'
import { betRefusal, isOfStake, otherStakeScreen, shortScreen } from '#bot/markets/bet_refusal'
import { findCard, showCard } from '#bot/markets/card_screen'
import { confirmScreen } from '#bot/markets/confirm_screen'
import { oddsText, outcomeName, potentialOf, promised } from '#bot/markets/odds_text'
import { stakeScreen, stakesOf } from '#bot/markets/stake_screens'
import { marketData } from '#bot/screens/market_data'
import { navigation } from '#bot/screens/screen'

/** Asks how much to stake; a number that is written now is the answer. */
export async function askStake(ctx: BotContext, flows: Flows, wish: Wish) {
  const card = await findCard(ctx, wish.market)
  if (!card?.market.isOpenAt(ctx.deps.clock.now())) return giveUp(ctx, flows, wish)
  const stakes = await stakesOf(ctx, card.market)
  if (stakes.limit.compare(stakes.least) < 0) return quoteStake(ctx, flows, wish, stakes.least)
  keepBet(ctx, flows, wish)
  if (stakes.available.compare(stakes.least) < 0) return ctx.show(shortScreen(ctx, wish, stakes, stakes.least))
  return ctx.show(await stakeScreen(ctx, card.market, wish, stakes))
}

/** Reads a stake as it was written, or tells how to write it. */
export async function takeStake(ctx: BotContext, flows: Flows, wish: Wish, text: string) {
  const card = await findCard(ctx, wish.market)
  if (!card) return giveUp(ctx, flows, wish)
  const { least: min, ofBet: max } = await stakesOf(ctx, card.market)
  const read = readAmount(text, { min, max })
  if (read.ok) return quoteStake(ctx, flows, wish, read.value)
  keepBet(ctx, flows, wish)
  const hint = amountHint(ctx, read.refusal.code, { min, max })
  return ctx.show({ text: hint, keyboard: navigation(ctx, marketData.pack({ market: wish.market })) })
}

/** What that stake would be taken at, to be confirmed. */
export async function quoteStake(ctx: BotContext, flows: Flows, wish: Wish, stake: Money) {
  const quotes = await ctx.make(BetQuotes)
  const quoted = await quotes.quote({ ...wish, customerId: ctx.customer.id, stake })
  return quoted.ok ? askToConfirm(ctx, flows, quoted.value) : refuseBet(ctx, flows, wish, stake, quoted.refusal)
}

async function askToConfirm(ctx: BotContext, flows: Flows, quote: BetQuote, { hasMoved = false } = {}) {
  const { market, outcome, stake, odds } = quote
  const key = ctx.update.update_id
  keepBet(ctx, flows, { market: market.reference, outcome, stake, shown: { key, odds } })
  return ctx.show(await confirmScreen(ctx, { quote, key, hasMoved }))
}

/** The same for every press below one confirmation, so that a second one finds the first bet. */
export const keyOf = ({ customer, me }: BotContext, shown: number) => `${customer.id}:${me.id}:${shown}`

export async function placeBet(ctx: BotContext, flows: Flows, { market, outcome, stake, shown }: Required<BetDraft>) {
  const action = await ctx.make(PlaceBet)
  const result = await action.handle({
    ...{ market, outcome, stake },
    customerId: ctx.customer.id,
    shownOdds: shown.odds,
    key: keyOf(ctx, shown.key),
    source: 'bot',
    actor: customerActor(ctx),
  })
  if (!result.ok) return refuseBet(ctx, flows, { market, outcome }, stake, result.refusal)
  flows.drop(ctx, BET_FLOW)
  return showTaken(ctx, result.value)
}

/** The market with the bet in it. */
export async function showTaken(ctx: BotContext, bet: Bet) {
  await bet.load('market')
  const { market, outcome, stakeMoney: stake, odds } = bet
  const lead = ctx.t('bot_markets.taken', {
    stake,
    outcome: outcomeName(ctx, outcome),
    odds: odds === null ? '' : oddsText(ctx, odds),
    potential: await potentialOf(ctx, market, bet),
    promised: promised(market),
  })
  return showCard(ctx, market.reference, { lead })
}

/** What can be mended by the customer is a screen that tells how; the rest is a notice above how the market stands. */
async function refuseBet(ctx: BotContext, flows: Flows, wish: Wish, stake: Money, refusal: Refusal) {
  if (isOddsMoved(refusal)) return askToConfirm(ctx, flows, refusal.quote, { hasMoved: true })
  const card = await findCard(ctx, wish.market)
  if (card && refusal.code === 'insufficient_funds') {
    keepBet(ctx, flows, wish)
    return ctx.show(shortScreen(ctx, wish, await stakesOf(ctx, card.market), stake))
  }
  if (isOfStake(refusal)) {
    keepBet(ctx, flows, wish)
    return ctx.show(otherStakeScreen(ctx, wish, refusal))
  }
  await ctx.toast(betRefusal(ctx, refusal), { alert: true })
  return giveUp(ctx, flows, wish)
}

/** It can't be bet on: how the market stands tells why. */
function giveUp(ctx: BotContext, flows: Flows, { market }: Wish) {
  flows.drop(ctx, BET_FLOW)
  return showCard(ctx, market)
}
