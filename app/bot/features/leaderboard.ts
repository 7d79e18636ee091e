import { Composer } from 'grammy'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import { FIRST_BOARD, leaderboardScreen, type BoardPlace } from '#bot/missions/leaderboard_screen'
import { leaderboardData, leaderboardPageData } from '#bot/screens/mission_data'

/** Who is best, by period and figure, and the customer's own place. */
export function leaderboardFeature({ flows }: Directory): Feature {
  const show = async (ctx: BotContext, place: BoardPlace = FIRST_BOARD) => {
    flows.interrupt(ctx)
    await ctx.show(await leaderboardScreen(ctx, place))
  }
  const composer = new Composer<BotContext>()
  composer.command('leaderboard', (ctx) => show(ctx))
  composer.use(onCallback(leaderboardData, (ctx) => show(ctx)))
  composer.use(onCallback(leaderboardPageData, show))
  return {
    composer,
    commands: [{ name: 'leaderboard', audience: 'everyone' }],
    deepLinks: { leaderboard: (ctx) => show(ctx) },
  }
}
