import db from '@adonisjs/lucid/services/db'
import { NEWS_CATEGORIES, type NewsCategory } from '#customers/news_categories'

/** Which categories of news a customer gets. */
export class NewsSubscriptionsQuery {
  async run(customerId: number): Promise<Array<{ category: NewsCategory; subscribed: boolean }>> {
    const rows = await db.from('customer_opt_outs').where('customer_id', customerId).select('category')
    const optedOut = new Set(rows.map(({ category }) => category))
    return NEWS_CATEGORIES.map((category) => ({ category, subscribed: !optedOut.has(category) }))
  }
}
