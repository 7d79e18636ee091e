import { PERIOD_KINDS } from '#markets/leaderboard/periods'
import { METRICS } from '#markets/values'
import { defineCallback } from '#bot/callback_data/define_callback'
import { choice, id } from '#bot/callback_data/fields'

export const missionsData = defineCallback('missions')
export const missionsPageData = defineCallback('missions_page', { page: id })
export const claimMissionData = defineCallback('claim_mission', { mission: id })

export const leaderboardData = defineCallback('leaderboard')
export const leaderboardPageData = defineCallback('leaderboard_page', {
  period: choice(PERIOD_KINDS),
  metric: choice(METRICS),
  page: id,
})

export const profileData = defineCallback('profile')
