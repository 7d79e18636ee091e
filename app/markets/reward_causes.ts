import i18nManager from '@adonisjs/i18n/services/main'
import db from '@adonisjs/lucid/services/db'
import type { Cause, CauseSource } from '#ledger/references/references'

const words = (key: string, params: Record<string, string | number>) =>
  i18nManager.locale(i18nManager.defaultLocale).t(`panel.timeline.markets.${key}`, params)

const causesOf = (rows: any[], causeOf: (row: any) => Cause) =>
  new Map(rows.map((row) => [String(row.id), causeOf(row)]))

/** What rewards were paid for. */
export const rewardCauses: CauseSource[] = [
  {
    type: 'mission_progress',
    async causes(ids) {
      const rows = await db
        .from('mission_progress')
        .innerJoin('missions', 'missions.id', 'mission_progress.mission_id')
        .whereIn('mission_progress.id', ids)
        .select('mission_progress.id', 'mission_id', 'missions.code')
      return causesOf(rows, ({ code, mission_id: mission }) => ({
        title: words('mission', { code }),
        link: { route: 'admin.missions.show', params: [mission] },
      }))
    },
  },
  {
    type: 'leaderboard_place',
    async causes(ids) {
      const rows = await db
        .from('leaderboard_places')
        .innerJoin('leaderboard_snapshots', 'leaderboard_snapshots.id', 'leaderboard_places.snapshot_id')
        .whereIn('leaderboard_places.id', ids)
        .select('leaderboard_places.id', 'snapshot_id', 'place', 'period')
      return causesOf(rows, ({ place, period, snapshot_id: snapshot }) => ({
        title: words('place', { place, period }),
        link: { route: 'admin.leaderboard.snapshots.show', params: [snapshot] },
      }))
    },
  },
]
