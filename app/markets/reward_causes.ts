import i18nManager from '@adonisjs/i18n/services/main'
import db from '@adonisjs/lucid/services/db'
import type { CauseSource } from '#ledger/references/references'

const words = (key: string, params: Record<string, string | number>) =>
  i18nManager.locale(i18nManager.defaultLocale).t(`panel.timeline.markets.${key}`, params)

const causesOf = (rows: any[], titleOf: (row: any) => string) =>
  new Map(rows.map((row) => [String(row.id), { title: titleOf(row) }]))

/** What rewards were paid for. */
export const rewardCauses: CauseSource[] = [
  {
    type: 'mission_progress',
    async causes(ids) {
      const rows = await db
        .from('mission_progress')
        .innerJoin('missions', 'missions.id', 'mission_progress.mission_id')
        .whereIn('mission_progress.id', ids)
        .select('mission_progress.id', 'missions.code')
      return causesOf(rows, ({ code }) => words('mission', { code }))
    },
  },
  {
    type: 'leaderboard_place',
    async causes(ids) {
      const rows = await db
        .from('leaderboard_places')
        .innerJoin('leaderboard_snapshots', 'leaderboard_snapshots.id', 'leaderboard_places.snapshot_id')
        .whereIn('leaderboard_places.id', ids)
        .select('leaderboard_places.id', 'place', 'period')
      return causesOf(rows, ({ place, period }) => words('place', { place, period }))
    },
  },
]
