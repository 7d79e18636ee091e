import { Composer } from 'grammy'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import { raffleIsOn } from '#bot/raffle/raffle_is_on'
import { showRaffle } from '#bot/raffle/raffle_screen'
import { winnersScreen } from '#bot/raffle/winners_screen'
import { raffleData, raffleWinnersData, raffleWinnersPageData } from '#bot/screens/raffle_data'

/** The raffle: the round as it stands, and who won before. */
export function raffleFeature({ flows }: Directory): Feature {
  const show = async (ctx: BotContext) => {
    flows.interrupt(ctx)
    await showRaffle(ctx)
  }
  const showWinners = async (ctx: BotContext, { page }: { page: number } = { page: 1 }) =>
    ctx.show(await winnersScreen(ctx, page))

  const composer = new Composer<BotContext>()
  composer.command('raffle', show)
  composer.use(onCallback(raffleData, show))
  composer.use(onCallback(raffleWinnersData, (ctx) => showWinners(ctx)))
  composer.use(onCallback(raffleWinnersPageData, showWinners))
  return {
    composer,
    menu: [{ label: 'bot_raffle.menu', data: raffleData.pack({}), order: 500, isVisible: raffleIsOn }],
    commands: [{ name: 'raffle', audience: 'everyone' }],
    deepLinks: { raffle: show },
  }
}
