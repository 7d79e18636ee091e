import { InlineKeyboard } from 'grammy'
import { Money } from '#core/money/money'
import { BetQuotes, type StakeRange } from '#markets/betting/bet_quotes'
import type Market from '#markets/models/market'
import type { BotContext } from '#bot/context'
import type { Wish } from '#bot/markets/bet_draft'
import { oddsOf, outcomeName } from '#bot/markets/odds_text'
import { betStakeData, marketData } from '#bot/screens/market_data'
import { inRows, navigation, type Screen } from '#bot/screens/screen'
import { formatAmount } from '#bot/texts/format_amount'

/** Minor units. */
const PRESETS = [10_00n, 50_00n, 100_00n, 500_00n]

/** What may be staked; `most` is no more than the customer has. */
export interface Stakes extends StakeRange {
  /** Whatever the customer has. */
  limit: Money
}

export async function stakesOf(ctx: BotContext, market: Market): Promise<Stakes> {
  const quotes = await ctx.make(BetQuotes)
  const { most: limit, ...range } = await quotes.range(market, ctx.customer.id)
  return { ...range, limit, most: range.available.compare(limit) < 0 ? range.available : limit }
}

/** How much? Presets, everything, or an amount that is written. */
export async function stakeScreen(ctx: BotContext, market: Market, wish: Wish, stakes: Stakes): Promise<Screen> {
  const { least, limit, available } = stakes
  const { yes, no } = await oddsOf(ctx, market)
  const text = ctx.t('bot_markets.stake', {
    title: market.title,
    outcome: outcomeName(ctx, wish.outcome),
    odds: wish.outcome === 'YES' ? yes : no,
    available,
    least,
    limit,
  })
  return { text, keyboard: keyboardOf(ctx, wish, stakes), photo: market.imageKey ?? undefined }
}

function keyboardOf(ctx: BotContext, wish: Wish, { least, most }: Stakes) {
  const fits = PRESETS.filter((preset) => preset >= least.minor && preset < most.minor)
  const presets = fits.map((minor) => stakeButton(ctx, wish, Money.of(minor, 'PRED')))
  const all = stakeButton(ctx, wish, most, 'bot_markets.most_button')
  return InlineKeyboard.from([
    ...inRows(presets, 2),
    [all],
    ...navigation(ctx, marketData.pack({ market: wish.market })).inline_keyboard,
  ])
}

/** Leads to the quote of that stake. */
export function stakeButton(ctx: BotContext, { market, outcome }: Wish, stake: Money, label?: string) {
  const amount = formatAmount(stake, ctx.locale)
  const data = betStakeData.pack({ market, outcome, stake: stake.minor })
  return InlineKeyboard.text(label ? ctx.label(label, { amount }) : amount, data)
}
