import db from '@adonisjs/lucid/services/db'
import { firstMissionRows } from '#database/first_missions'

/** What the migrations write for markets, and what emptying the database takes away. */
export async function givenFirstMarketData() {
  await db.table('house_exposure').insert({ id: 1, used: 0 })
  await db.table('missions').multiInsert(firstMissionRows(1))
  const slugs = ['crypto', 'sports', 'politics', 'tech']
  const names = (slug: string) => JSON.stringify({ en: slug })
  await db
    .table('market_categories')
    .multiInsert(
      slugs.map((slug, i) => ({ slug, emoji: '🪙', names: names(slug), position: i, created_at: 1, updated_at: 1 }))
    )
}
