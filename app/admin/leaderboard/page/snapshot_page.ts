import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'
import { endOfWeek, startOfPeriod } from '#markets/leaderboard/periods'
import type LeaderboardSnapshot from '#markets/models/leaderboard_snapshot'
import { formatDate } from '#admin/shared/format'
import { panelText } from '#admin/shared/words'

/** What the page of a snapshot tells beside its places. */
export async function snapshotPage(snapshot: LeaderboardSnapshot) {
  const rewarded = await db
    .from('leaderboard_places')
    .where('snapshot_id', snapshot.id)
    .whereNotNull('transfer_id')
    .count('* as total')
    .first()
  return {
    ...{ snapshot, days: daysOf(snapshot.period), rewarded: Number(rewarded.total) },
    paid: Money.of(snapshot.reward, 'PRED'),
  }
}

/** Weeks are those of UTC, wherever the reader is. */
function daysOf(week: string) {
  const begins = startOfPeriod(week)
  const [from, to] = [begins, endOfWeek(begins) - 1].map((at) => formatDate(at, 'UTC'))
  return panelText('leaderboard.snapshots.days', { from, to })
}
