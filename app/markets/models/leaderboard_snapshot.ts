import { LeaderboardSnapshotSchema } from '#database/schema'

/** A week as it ended, and what it paid. */
export default class LeaderboardSnapshot extends LeaderboardSnapshotSchema {
  static table = 'leaderboard_snapshots'
}
