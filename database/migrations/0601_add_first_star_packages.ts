import { BaseSchema } from '@adonisjs/lucid/schema'

const NANO = 1_000_000_000

/** Stars, bonus and price: 1 TON a star less 5, 10, 15 and 20 per cent. */
const FIRST = [
  { stars: 100, bonus: 10, price: 95 },
  { stars: 250, bonus: 25, price: 225 },
  { stars: 500, bonus: 50, price: 425 },
  { stars: 1000, bonus: 100, price: 800 },
]

/** What the shop begins with; an admin changes it. Nothing is added to a shop that has packages. */
export default class extends BaseSchema {
  async up() {
    this.defer(async (db) => {
      if (await db.from('star_packages').select('id').first()) return
      const now = Date.now()
      for (const [index, { stars, bonus, price }] of FIRST.entries()) {
        const [row] = await db
          .table('star_packages')
          .returning('id')
          .insert({
            stars,
            bonus,
            position: index + 1,
            is_active: true,
            revision: 1,
            created_at: now,
            updated_at: now,
          })
        await db.table('star_package_prices').insert({
          package_id: typeof row === 'object' ? row.id : row,
          currency: 'TON',
          price: price * NANO,
          valid_from: now,
          created_at: now,
        })
      }
    })
  }

  /** They go with their tables. */
  async down() {}
}
