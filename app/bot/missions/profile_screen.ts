import { InlineKeyboard } from 'grammy'
import type { Money } from '#core/money/money'
import { RANKS, type Rank } from '#markets/bettors/ranks'
import { PERIOD_KINDS } from '#markets/leaderboard/periods'
import { BettorProfileQuery, type BettorProfile } from '#markets/queries/bettor_profile_query'
import type { BotContext } from '#bot/context'
import { progressBar } from '#bot/missions/progress_bar'
import { myBetsData } from '#bot/screens/market_data'
import { leaderboardData, missionsData } from '#bot/screens/mission_data'
import { navigation, type Screen } from '#bot/screens/screen'
import { formatAmount } from '#bot/texts/format_amount'

export async function profileScreen(ctx: BotContext): Promise<Screen> {
  const query = await ctx.make(BettorProfileQuery)
  const profile = await query.run(ctx.customer.id)
  const places = await query.places(ctx.customer.id)
  const placeLines = PERIOD_KINDS.flatMap((period) => {
    const place = places[period]
    if (place === null) return []
    return [ctx.t('bot_missions.profile_place', { period: ctx.label(`bot_missions.periods.${period}`), place })]
  })
  return {
    text: [rankText(ctx, profile), figuresText(ctx, profile), placeLines.join('\n')].filter(Boolean).join('\n\n'),
    keyboard: InlineKeyboard.from([
      [InlineKeyboard.text(ctx.label('notifications.buttons.my_bets'), myBetsData.pack({}))],
      [
        InlineKeyboard.text(ctx.label('bot_missions.missions_button'), missionsData.pack({})),
        InlineKeyboard.text(ctx.label('bot_missions.leaderboard_button'), leaderboardData.pack({})),
      ],
      ...navigation(ctx, missionsData.pack({})).inline_keyboard,
    ]),
  }
}

export const rankName = (ctx: BotContext, rank: Rank) => ctx.label(`bot_missions.ranks.${rank}`)

function rankText(ctx: BotContext, { rank, next, wins }: BettorProfile) {
  const title = ctx.t('bot_missions.profile', { name: ctx.customer.displayName, rank: rankName(ctx, rank) })
  if (!next) return [title, ctx.t('bot_missions.profile_top')].join('\n')
  const from = RANKS.find((each) => each.rank === rank)!.from
  const bar = progressBar(wins - from, wins + next.winsLeft - from)
  return [title, ctx.t('bot_missions.profile_next', { bar, rank: rankName(ctx, next.rank), wins: next.winsLeft })].join(
    '\n'
  )
}

function figuresText(ctx: BotContext, profile: BettorProfile) {
  const { bets, openBets, wins, losses, streak, bestStreak, missions } = profile
  return ctx.t('bot_missions.profile_figures', {
    ...{ bets, open: openBets, wins, losses, streak, best: bestStreak, missions: missions.completed },
    staked: profile.staked,
    profit: signed(ctx, profile.profit),
  })
}

const signed = (ctx: BotContext, money: Money) => formatAmount(money, ctx.locale, { signed: true })
