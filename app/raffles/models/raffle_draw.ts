import { RaffleDrawSchema } from '#database/schema'
import type { DrawCause, DrawStatus } from '#raffles/values'

/** Somebody asked for a draw, and what came of it. */
export default class RaffleDraw extends RaffleDrawSchema {
  static table = 'raffle_draws'

  declare cause: DrawCause
  declare status: DrawStatus
}
