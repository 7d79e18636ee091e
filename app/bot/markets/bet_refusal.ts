import { InlineKeyboard } from 'grammy'
import { Money } from '#core/money/money'
import { parseMoney } from '#core/money/parse_money'
import type { Refusal } from '#core/result'
import type { Outcome } from '#markets/values'
import type { BotContext } from '#bot/context'
import type { Wish } from '#bot/markets/bet_draft'
import { outcomeName } from '#bot/markets/odds_text'
import { stakeButton, type Stakes } from '#bot/markets/stake_screens'
import { marketData } from '#bot/screens/market_data'
import { missionsData } from '#bot/screens/mission_data'
import { navigation, type Screen } from '#bot/screens/screen'
import { statisticsData } from '#bot/screens/screen_data'

/** Refusals of bets that have words of their own in `bot_markets.refused`. */
const WORDED = new Set([
  'markets_off',
  'market_not_found',
  'market_not_open',
  'market_ended',
  'customer_banned',
  'stake_too_small',
  'stake_too_large',
  'other_side',
  'odds_moved',
  'customer_stake_limit',
  'customer_exposure_limit',
  'market_exposure_limit',
  'global_exposure_limit',
  'idempotency_conflict',
])

/** Another stake may be taken. */
const OF_STAKE = /^stake_too_|_(?:stake|exposure)_limit$/
export const isOfStake = ({ code }: Refusal) => OF_STAKE.test(code)

/** Plain text for a notice: what happened and what to do. */
export function betRefusal(ctx: BotContext, { code, params = {} }: Refusal) {
  const amount = (name: string) => predIn(params[name])
  return ctx.label(`bot_markets.refused.${WORDED.has(code) ? code : 'other'}`, {
    code,
    status: String(params.status ?? ''),
    outcome: params.outcome ? outcomeName(ctx, params.outcome as Outcome) : '',
    possible: String(params.possible ?? 'no'),
    min: amount('min'),
    max: amount('max'),
    limit: amount('limit'),
    most: amount('most'),
  })
}

/** That stake is not taken, but another one may be: written, or the largest that would be. */
export function otherStakeScreen(ctx: BotContext, wish: Wish, refusal: Refusal): Screen {
  const { possible, most, max, min } = refusal.params ?? {}
  const offered = possible === 'no' ? undefined : (most ?? max ?? min)
  const largest = offered === undefined ? [] : [[stakeButton(ctx, wish, predIn(offered), 'bot_markets.instead_button')]]
  return {
    text: ctx.t('bot_markets.other_stake', { why: betRefusal(ctx, refusal) }),
    keyboard: InlineKeyboard.from([...largest, ...backToStakes(ctx, wish)]),
  }
}

/** Fewer points than the stake: what there is, and where more come from. */
export function shortScreen(ctx: BotContext, wish: Wish, { least, most, available }: Stakes, needed: Money): Screen {
  const canBet = available.compare(least) >= 0
  const all = canBet ? [[stakeButton(ctx, wish, most, 'bot_markets.most_button')]] : []
  const invite = InlineKeyboard.text(ctx.label('bot_markets.invite_button'), statisticsData.pack({}))
  const missions = InlineKeyboard.text(ctx.label('bot_missions.missions_button'), missionsData.pack({}))
  return {
    text: ctx.t('bot_markets.short', {
      ...{ needed, available, missing: needed.subtract(available) },
      possible: canBet ? 'yes' : 'no',
    }),
    keyboard: InlineKeyboard.from([...all, [missions, invite], ...backToStakes(ctx, wish)]),
  }
}

const backToStakes = (ctx: BotContext, { market }: Wish) => navigation(ctx, marketData.pack({ market })).inline_keyboard

/** Refusals carry amounts as decimals. */
function predIn(decimal: string | number | undefined) {
  const parsed = parseMoney(String(decimal), 'PRED')
  return parsed.ok ? parsed.value : Money.zero('PRED')
}
