import { RafflePlayerSchema } from '#database/schema'
import type { PlayerStatus } from '#raffles/values'

/** Who is in a round, as the contract's event says: a customer of ours or anybody else. */
export default class RafflePlayer extends RafflePlayerSchema {
  static table = 'raffle_players'

  declare status: PlayerStatus
}
