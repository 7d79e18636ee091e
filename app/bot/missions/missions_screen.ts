import { InlineKeyboard } from 'grammy'
import { Money } from '#core/money/money'
import { CustomerMissionsQuery, type CustomerMission } from '#markets/queries/customer_missions_query'
import type { BotContext } from '#bot/context'
import { progressBar } from '#bot/missions/progress_bar'
import { claimMissionData, leaderboardData, missionsPageData, profileData } from '#bot/screens/mission_data'
import { pageButtons } from '#bot/screens/page_buttons'
import { navigation, type Screen } from '#bot/screens/screen'

const PER_PAGE = 6

/** What can be claimed comes first, what is done with last. */
const ORDER: Record<CustomerMission['state'], number> = { claimable: 0, open: 1, claimed: 2 }

export async function missionsScreen(ctx: BotContext, page = 1): Promise<Screen> {
  const missions = await new CustomerMissionsQuery().run(ctx.customer.id)
  const sorted = missions.toSorted((one, other) => ORDER[one.state] - ORDER[other.state])
  const shown = sorted.slice((page - 1) * PER_PAGE, page * PER_PAGE)
  const header = ctx.t('bot_missions.missions', {
    total: missions.length,
    done: missions.filter(({ state }) => state !== 'open').length,
    claimable: missions.filter(({ state }) => state === 'claimable').length,
  })
  const text = missions.length === 0 ? ctx.t('bot_missions.missions_none') : header
  return {
    text: [text, ...shown.map((mission) => lineOf(ctx, mission))].join('\n\n'),
    keyboard: InlineKeyboard.from([
      ...shown.filter(({ state }) => state === 'claimable').map((mission) => [claimButton(ctx, mission)]),
      pageButtons(missionsPageData, page, { hasMorePages: sorted.length > page * PER_PAGE }),
      [
        InlineKeyboard.text(ctx.label('bot_missions.leaderboard_button'), leaderboardData.pack({})),
        InlineKeyboard.text(ctx.label('bot_missions.profile_button'), profileData.pack({})),
      ],
      ...navigation(ctx).inline_keyboard,
    ]),
  }
}

function lineOf(ctx: BotContext, { mission, progress, state, reward }: CustomerMission) {
  const { emoji, target } = mission
  return ctx.t(`bot_missions.mission_${state}`, {
    emoji,
    title: mission.titleIn(ctx.locale),
    description: mission.descriptionIn(ctx.locale),
    reward: Money.of(reward, 'PRED'),
    bar: progressBar(progress, target),
    progress,
    target,
  })
}

const claimButton = (ctx: BotContext, { mission, reward }: CustomerMission) =>
  InlineKeyboard.text(
    ctx.label('bot_missions.claim_button', {
      reward: Money.of(reward, 'PRED'),
      title: mission.titleIn(ctx.locale),
    }),
    claimMissionData.pack({ mission: mission.id })
  )
