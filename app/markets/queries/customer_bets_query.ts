import Bet from '#markets/models/bet'

/** Open bets wait for a result; settled ones have come to something. */
export const BET_STATES = ['open', 'settled'] as const
export type BetState = (typeof BET_STATES)[number]

/** A customer's own bets. */
export class CustomerBetsQuery {
  /** Newest first, settled ones by when they were settled; each with its market. */
  page(customerId: number, state: BetState, { page = 1, perPage = 10 }: { page?: number; perPage?: number } = {}) {
    return this.#in(customerId, state)
      .preload('market')
      .if(state === 'settled', (query) => query.orderBy('settledAt', 'desc'))
      .orderBy('id', 'desc')
      .paginate(page, perPage)
  }

  /** How many there are of each. */
  async counts(customerId: number): Promise<Record<BetState, number>> {
    const [open, settled] = [await this.#count(customerId, 'open'), await this.#count(customerId, 'settled')]
    return { open, settled }
  }

  /** One of theirs by its reference; null when it is not theirs. */
  find(customerId: number, reference: string): Promise<Bet | null> {
    return Bet.query().where({ customerId, reference }).preload('market').first()
  }

  async #count(customerId: number, state: BetState) {
    const [{ $extras: counted }] = await this.#in(customerId, state).count('* as bets')
    return Number(counted.bets)
  }

  #in(customerId: number, state: BetState) {
    const query = Bet.query().where('customerId', customerId)
    return state === 'open' ? query.where('status', 'open') : query.whereNot('status', 'open')
  }
}
