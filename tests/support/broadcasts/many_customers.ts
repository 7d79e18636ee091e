import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#core/database/dialect'

/** Customers by the thousand, in one statement. */
export async function insertCustomers(total: number) {
  const numbers = isPostgres()
    ? `SELECT generate_series(1, ${total}) AS n`
    : `WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < ${total}) SELECT n FROM counter`
  const base = `(SELECT COALESCE(MAX(telegram_id), 8000000000) FROM customers)`
  await db.rawQuery(
    `INSERT INTO customers (telegram_id, first_name, search_name, language, language_chosen, referral_code,
       last_active_at, created_at, updated_at)
     SELECT base + n, 'Customer ' || n, 'customer ' || n, CASE WHEN n % 3 = 0 THEN 'en' WHEN n % 3 = 1 THEN 'ru' ELSE 'uk' END,
       ${isPostgres() ? 'false' : '0'}, 'r' || (base + n), 1, 1, 1
     FROM (${numbers}) AS numbers, (SELECT ${base} AS base) AS bases`
  )
}
