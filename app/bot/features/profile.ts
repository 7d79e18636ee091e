import { Composer } from 'grammy'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import { profileScreen } from '#bot/missions/profile_screen'
import { profileData } from '#bot/screens/mission_data'

/** A customer's rank, and what their bets add up to. */
export function profileFeature({ flows }: Directory): Feature {
  const show = async (ctx: BotContext) => {
    flows.interrupt(ctx)
    await ctx.show(await profileScreen(ctx))
  }
  const composer = new Composer<BotContext>()
  composer.command('profile', show)
  composer.use(onCallback(profileData, show))
  return { composer, commands: [{ name: 'profile', audience: 'everyone' }], deepLinks: { profile: show } }
}
