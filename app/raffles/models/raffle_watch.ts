import { RaffleWatchSchema } from '#database/schema'
import type { WatchFigures } from '#raffles/watchdog/watch_figures'

/** How the contract was found when it was looked at last. */
export default class RaffleWatch extends RaffleWatchSchema {
  static table = 'raffle_watches'

  declare figures: WatchFigures
}
