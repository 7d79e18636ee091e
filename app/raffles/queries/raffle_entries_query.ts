import db from '@adonisjs/lucid/services/db'
import { isReference } from '#core/reference'
import RaffleEntry from '#raffles/models/raffle_entry'
import type { EntryStatus } from '#raffles/values'

export interface EntryFilter {
  customerId?: number
  status?: EntryStatus
  page: number
  perPage: number
}

/** Everybody's entries, newest first, each with its round once that is known. */
export class RaffleEntriesQuery {
  page({ customerId, status, page, perPage }: EntryFilter) {
    const query = RaffleEntry.query().preload('raffle').orderBy('id', 'desc')
    if (customerId !== undefined) query.where('customerId', customerId)
    if (status !== undefined) query.where('status', status)
    return query.paginate(page, perPage)
  }

  async find(reference: string): Promise<RaffleEntry | null> {
    if (!isReference(reference)) return null
    return RaffleEntry.query().where('reference', reference).preload('raffle').first()
  }

  /** Whose they are, by the customers' ids. */
  async telegramIds(entries: RaffleEntry[]): Promise<Map<number, number>> {
    const customers = await db
      .from('customers')
      .whereIn('id', [...new Set(entries.map(({ customerId }) => customerId))])
      .select('id', 'telegram_id')
    return new Map(customers.map(({ id, telegram_id: telegramId }) => [Number(id), Number(telegramId)]))
  }
}
