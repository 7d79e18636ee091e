import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'
import RaffleEntry from '#raffles/models/raffle_entry'
import { OPEN_ENTRIES } from '#raffles/values'

export interface CustomerRaffleFigures {
  /** Confirmed ones, as `spent`. */
  entries: number
  spent: Money
  wins: number
  won: Money
}

/** A customer's part in the raffle. */
export class CustomerRaffleQuery {
  async figures(customerId: number): Promise<CustomerRaffleFigures> {
    const [entered] = await db
      .from('raffle_players')
      .where({ customer_id: customerId, status: 'confirmed' })
      .count('* as entries')
      .sum('fee as spent')
    const [won] = await db
      .from('raffles')
      .where({ winner_customer_id: customerId, status: 'finished' })
      .count('* as wins')
      .sum('prize as won')
    return {
      entries: Number(entered.entries),
      spent: usdt(entered.spent),
      wins: Number(won.wins),
      won: usdt(won.won),
    }
  }

  /** Newest first, each with its round once that is known. */
  page(customerId: number, { page = 1, perPage = 10 }: { page?: number; perPage?: number } = {}) {
    return RaffleEntry.query()
      .where('customerId', customerId)
      .preload('raffle')
      .orderBy('id', 'desc')
      .paginate(page, perPage)
  }

  /** The one that is still on its way. */
  open(customerId: number): Promise<RaffleEntry | null> {
    return RaffleEntry.query()
      .where('customerId', customerId)
      .whereIn('status', [...OPEN_ENTRIES])
      .preload('raffle')
      .first()
  }

  /** One of theirs by its reference; null when it is not theirs. */
  find(customerId: number, reference: string): Promise<RaffleEntry | null> {
    return RaffleEntry.query().where({ customerId, reference }).preload('raffle').first()
  }
}

const usdt = (total: number | string | null) => Money.of(BigInt(total ?? 0), 'USDT')
