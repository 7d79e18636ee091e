import db from '@adonisjs/lucid/services/db'
import { allCategories } from '#admin/markets/page/categories'

/** Categories with how many markets are in each, and how many of them are open. */
export async function categoryViews() {
  const [categories, all, open] = [await allCategories(), await countsOf(), await countsOf('active')]
  return categories.map((category) => ({
    category,
    markets: all.get(category.id) ?? 0,
    open: open.get(category.id) ?? 0,
  }))
}

async function countsOf(status?: 'active') {
  const query = db.from('markets').groupBy('category_id').select('category_id').count('* as total')
  const rows = await (status ? query.where({ status }) : query)
  return new Map(rows.map(({ category_id: id, total }) => [id as number, Number(total)]))
}
