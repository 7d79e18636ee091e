import { BaseSchema } from '@adonisjs/lucid/schema'

const CATEGORIES = [
  { slug: 'crypto', emoji: '🪙', names: { en: 'Crypto', ru: 'Крипто', uk: 'Крипто' } },
  { slug: 'sports', emoji: '⚽', names: { en: 'Sports', ru: 'Спорт', uk: 'Спорт' } },
  { slug: 'politics', emoji: '🏛', names: { en: 'Politics', ru: 'Политика', uk: 'Політика' } },
  { slug: 'tech', emoji: '💻', names: { en: 'Tech', ru: 'Технологии', uk: 'Технології' } },
]

/** What markets begin with; an admin changes it. */
export default class extends BaseSchema {
  async up() {
    this.defer(async (db) => {
      if (await db.from('market_categories').select('id').first()) return
      const now = Date.now()
      for (const [index, { names, ...category }] of CATEGORIES.entries())
        await db.table('market_categories').insert({
          ...category,
          names: JSON.stringify(names),
          position: index + 1,
          created_at: now,
          updated_at: now,
        })
    })
  }

  /** They go with their table. */
  async down() {}
}
