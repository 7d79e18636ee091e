import { Composer } from 'grammy'
import { Money } from '#core/money/money'
import Bet from '#markets/models/bet'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import type { Flow } from '#bot/flows/flow'
import { BET_FLOW, betIn, betOf, type BetDraft } from '#bot/markets/bet_draft'
import { askStake, keyOf, placeBet, quoteStake, showTaken, takeStake } from '#bot/markets/bet_steps'
import { showMarkets } from '#bot/markets/card_screen'
import { marketsOffScreen } from '#bot/markets/list_screens'
import { marketsAreOn } from '#bot/markets/markets_are_on'
import { betOnData, betStakeData, placeBetData } from '#bot/screens/market_data'

/** From a side to the bet: how much, at which odds, and one bet for however many presses. */
export function betFeature({ flows }: Directory): Feature {
  const goOn = (ctx: BotContext, bet: BetDraft | null) => {
    if (!bet) return showMarkets(ctx)
    return bet.stake ? quoteStake(ctx, flows, bet, bet.stake) : askStake(ctx, flows, bet)
  }
  const flow: Flow = {
    name: BET_FLOW,
    title: 'bot_markets.title',
    isAvailable: marketsAreOn,
    isWorthResuming: (draft) => betIn(draft)?.stake !== undefined,
    show: (ctx, draft) => goOn(ctx, betIn(draft)),
    receive(ctx, draft) {
      const bet = betIn(draft)
      return bet ? takeStake(ctx, flows, bet, ctx.message?.text ?? '') : showMarkets(ctx)
    },
  }

  const confirm = async (ctx: BotContext, { key }: { key: number }) => {
    const made = await Bet.findBy('key', keyOf(ctx, key))
    if (made) return showTaken(ctx, made)
    const bet = betOf(ctx)
    if (isShown(bet, key)) return placeBet(ctx, flows, bet)
    await ctx.toast(ctx.label('bot_markets.quote_gone'))
    return goOn(ctx, bet)
  }

  const composer = new Composer<BotContext>()
  composer.use(
    onCallback(
      betOnData,
      taking((ctx, wish) => askStake(ctx, flows, wish))
    )
  )
  composer.use(
    onCallback(
      betStakeData,
      taking((ctx, { stake, ...wish }) => quoteStake(ctx, flows, wish, Money.of(stake, 'PRED')))
    )
  )
  composer.use(onCallback(placeBetData, confirm))
  return { composer, flow }
}

/** No bets while they are switched off. */
const taking =
  <V extends unknown[]>(handle: (ctx: BotContext, ...values: V) => Promise<unknown>) =>
  async (ctx: BotContext, ...values: V) =>
    (await marketsAreOn(ctx)) ? handle(ctx, ...values) : ctx.show(marketsOffScreen(ctx))

const isShown = (bet: BetDraft | null, key: number): bet is Required<BetDraft> =>
  bet?.stake !== undefined && bet.shown?.key === key
