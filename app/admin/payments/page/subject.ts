import db from '@adonisjs/lucid/services/db'
import type Invoice from '#payments/models/invoice'

/** Where what was bought has its page; a top-up has none. */
const PAGES: Record<string, { table: string; route: string }> = {
  star_order: { table: 'star_orders', route: 'admin.stars.orders.show' },
}

/** What an invoice is for: its reference and the route of its page. */
export async function subjectOf({ subjectType, subjectId }: Pick<Invoice, 'subjectType' | 'subjectId'>) {
  const page = subjectType === null ? undefined : PAGES[subjectType]
  if (!page) return null
  const row = await db.from(page.table).where('id', subjectId!).select('reference').first()
  return row ? { reference: row.reference as string, route: page.route } : null
}
