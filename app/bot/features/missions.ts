import { Composer } from 'grammy'
import { Money } from '#core/money/money'
import type { Refusal } from '#core/result'
import { ClaimMission } from '#markets/actions/claim_mission'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import { customerActor } from '#bot/customer_actor'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import { marketsAreOn } from '#bot/markets/markets_are_on'
import { missionsScreen } from '#bot/missions/missions_screen'
import { claimMissionData, missionsData, missionsPageData } from '#bot/screens/mission_data'

/** Refusals of claims that have words of their own in `bot_missions.refused`. */
const WORDED = new Set(['mission_not_completed', 'mission_already_claimed', 'mission_not_found'])

/** What there is to reach, how far the customer has come, and the reward for it. */
export function missionsFeature({ flows }: Directory): Feature {
  const show = async (ctx: BotContext, page = 1) => {
    flows.interrupt(ctx)
    await ctx.show(await missionsScreen(ctx, page))
  }
  const composer = new Composer<BotContext>()
  composer.command('missions', (ctx) => show(ctx))
  composer.use(onCallback(missionsData, (ctx) => show(ctx)))
  composer.use(onCallback(missionsPageData, (ctx, { page }) => show(ctx, page)))
  composer.use(onCallback(claimMissionData, claim))
  return {
    composer,
    menu: [{ label: 'bot_missions.menu', data: missionsData.pack({}), order: 550, isVisible: marketsAreOn }],
    commands: [{ name: 'missions', audience: 'everyone' }],
    deepLinks: { missions: (ctx) => show(ctx) },
  }
}

/** From the list or from the notice of its completion. */
async function claim(ctx: BotContext, { mission }: { mission: number }) {
  const action = await ctx.make(ClaimMission)
  const claimed = await action.handle({
    customerId: ctx.customer.id,
    mission: { id: mission },
    key: ctx.idempotencyKey('claim_mission'),
    actor: customerActor(ctx),
  })
  const words = claimed.ok
    ? ctx.label('bot_missions.claimed', { reward: Money.of(claimed.value.reward!, 'PRED') })
    : claimRefusal(ctx, claimed.refusal)
  await ctx.toast(words, { alert: true })
  await ctx.show(await missionsScreen(ctx))
}

function claimRefusal(ctx: BotContext, { code, params = {} }: Refusal) {
  return ctx.label(`bot_missions.refused.${WORDED.has(code) ? code : 'other'}`, {
    progress: Number(params.progress ?? 0),
    target: Number(params.target ?? 0),
  })
}
