import { LeaderboardScoreSchema } from '#database/schema'

/** A customer's figures of a period. */
export default class LeaderboardScore extends LeaderboardScoreSchema {
  static table = 'leaderboard_scores'
}
