import { InlineKeyboard } from 'grammy'
import db from '@adonisjs/lucid/services/db'
import { type Money } from '#core/money/money'
import { granted } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import { BetQuotes } from '#markets/betting/bet_quotes'
import type { BetQuote } from '#markets/betting/bet_quote'
import type { BotContext } from '#bot/context'
import { oddsText, outcomeName, promised } from '#bot/markets/odds_text'
import { betOnData, marketData, placeBetData } from '#bot/screens/market_data'
import { navigation, type Screen } from '#bot/screens/screen'

interface ToConfirm {
  quote: BetQuote
  /** The update that shows it. */
  key: number
  /** The odds have become worse since they were shown. */
  hasMoved?: boolean
}

/** The bet in full: what it costs, what it may bring, and the button that makes it. */
export async function confirmScreen(ctx: BotContext, { quote, key, hasMoved }: ToConfirm): Promise<Screen> {
  const { market, outcome, stake, odds, potential, canWinNothing } = quote
  const side = outcomeName(ctx, outcome)
  const text = [
    hasMoved ? ctx.t('bot_markets.odds_moved') : '',
    ctx.t('bot_markets.confirm', {
      ...{ title: market.title, outcome: side, stake, potential },
      odds: oddsText(ctx, odds),
      promised: promised(market),
    }),
    await balanceText(ctx, stake),
    canWinNothing ? ctx.t('bot_markets.nothing_to_win', { promised: promised(market) }) : '',
  ]
  const again = betOnData.pack({ market: market.reference, outcome })
  return {
    text: text.filter(Boolean).join('\n\n'),
    keyboard: InlineKeyboard.from([
      [
        InlineKeyboard.text(
          ctx.label('bot_markets.place_button', { stake, outcome: side }),
          placeBetData.pack({ key })
        ),
      ],
      [InlineKeyboard.text(ctx.label('bot_markets.other_stake_button'), again)],
      ...navigation(ctx, marketData.pack({ market: market.reference })).inline_keyboard,
    ]),
    photo: market.imageKey ?? undefined,
  }
}

/** Gift points go first, and what they win stays a gift. */
async function balanceText(ctx: BotContext, stake: Money) {
  const [ledger, quotes] = [await ctx.make(Ledger), await ctx.make(BetQuotes)]
  const [free, available] = [
    await ledger.balance(db, granted(ctx.customer.id)),
    await quotes.available(ctx.customer.id),
  ]
  const gift = free.compare(stake) < 0 ? free : stake
  return ctx.t('bot_markets.confirm_balance', {
    gift,
    gifted: gift.isZero ? 'none' : gift.equals(stake) ? 'all' : 'part',
    after: available.subtract(stake),
  })
}
