import { LeaderboardPlaceSchema } from '#database/schema'

/** Who stood where in a snapshot. */
export default class LeaderboardPlace extends LeaderboardPlaceSchema {
  static table = 'leaderboard_places'
}
