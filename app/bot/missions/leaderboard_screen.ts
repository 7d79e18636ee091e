import { InlineKeyboard } from 'grammy'
import { Money } from '#core/money/money'
import { PERIOD_KINDS, type PeriodKind } from '#markets/leaderboard/periods'
import { LeaderboardQuery, type LeaderboardRow, type OwnPlace } from '#markets/queries/leaderboard_query'
import { METRICS, type Metric } from '#markets/values'
import type { BotContext } from '#bot/context'
import { leaderboardPageData, missionsData } from '#bot/screens/mission_data'
import { pageButtons } from '#bot/screens/page_buttons'
import { navigation, type Screen } from '#bot/screens/screen'
import { formatAmount } from '#bot/texts/format_amount'

const PER_PAGE = 10
/** Who is further down learns their own place. */
const MOST_PAGES = 10

export interface BoardPlace {
  period: PeriodKind
  metric: Metric
  page: number
}

export const FIRST_BOARD: BoardPlace = { period: 'week', metric: 'profit', page: 1 }

export async function leaderboardScreen(ctx: BotContext, place: BoardPlace): Promise<Screen> {
  const query = await ctx.make(LeaderboardQuery)
  const page = Math.min(place.page, MOST_PAGES)
  const board = await query.run({ ...place, page, perPage: PER_PAGE, customerId: ctx.customer.id })
  if (board.rows.length === 0 && page > 1) return leaderboardScreen(ctx, { ...place, page: 1 })
  const rows = board.rows.map((row) => lineOf(ctx, row, place.metric))
  const list = rows.length > 0 ? rows.join('\n') : ctx.t('bot_missions.board_none')
  const hasMorePages = board.hasMorePages && page < MOST_PAGES
  return {
    text: [titleOf(ctx, place), list, ownText(ctx, board.own, place.metric)].join('\n\n'),
    keyboard: InlineKeyboard.from([
      tabs(ctx, PERIOD_KINDS, place.period, 'periods', (period) => ({ ...place, period, page: 1 })),
      tabs(ctx, METRICS, place.metric, 'metrics', (metric) => ({ ...place, metric, page: 1 })),
      pageButtons({ pack: ({ page: to }) => leaderboardPageData.pack({ ...place, page: to }) }, page, { hasMorePages }),
      ...navigation(ctx, missionsData.pack({})).inline_keyboard,
    ]),
  }
}

const titleOf = (ctx: BotContext, { period, metric }: BoardPlace) =>
  ctx.t('bot_missions.board', {
    period: ctx.label(`bot_missions.periods.${period}`),
    metric: ctx.label(`bot_missions.metrics.${metric}`),
  })

function lineOf(ctx: BotContext, row: LeaderboardRow, metric: Metric) {
  return ctx.t('bot_missions.board_line', {
    place: placeText(row.place),
    name: row.name || ctx.label('bot_missions.nameless'),
    figure: figureOf(ctx, row, metric),
    mine: row.customerId === ctx.customer.id ? 'yes' : 'no',
  })
}

function ownText(ctx: BotContext, own: OwnPlace | null, metric: Metric) {
  if (!own) return ctx.t('bot_missions.board_own_none')
  return ctx.t('bot_missions.board_own', { place: own.place, figure: figureOf(ctx, own, metric) })
}

function figureOf(ctx: BotContext, figures: Omit<OwnPlace, 'place'>, metric: Metric) {
  if (metric === 'wins') return ctx.label('bot_missions.wins', { wins: figures.wins })
  return formatAmount(Money.of(figures[metric], 'PRED'), ctx.locale, { signed: metric === 'profit' })
}

const placeText = (place: number) => ['🥇', '🥈', '🥉'][place - 1] ?? `${place}.`

function tabs<V extends string>(
  ctx: BotContext,
  values: readonly V[],
  chosen: V,
  words: 'periods' | 'metrics',
  placeOf: (value: V) => BoardPlace
) {
  return values.map((value) => {
    const label = ctx.label(`bot_missions.${words}.${value}`)
    return InlineKeyboard.text(value === chosen ? `• ${label} •` : label, leaderboardPageData.pack(placeOf(value)))
  })
}
