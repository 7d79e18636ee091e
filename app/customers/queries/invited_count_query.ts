import db from '@adonisjs/lucid/services/db'

/** How many customers somebody's link brought. */
export class InvitedCountQuery {
  async run(customerId: number): Promise<number> {
    const [{ total }] = await db.from('customers').where('referrer_id', customerId).count('* as total')
    return Number(total)
  }
}
