import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { isPostgres, rowsOf } from '#core/database/dialect'
import { SegmentSource } from '#core/contracts/segment_source'
import { customerConditions } from '#customers/segment_conditions'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { DAY, TestClock } from '#tests/support/test_clock'

const now = new TestClock().now()
const EVERYONE = ['anna', 'boris', 'chris', 'dana']

/** anna: uk, invited by boris, active today. boris: ru, has invited two. chris: en, no username, long away. dana: en. */
async function givenFourCustomers() {
  const boris = await CustomerFactory.merge({
    firstName: 'boris',
    language: 'ru',
    lastActiveAt: now - 10 * DAY,
    createdAt: now - 100 * DAY,
  }).create()
  await CustomerFactory.merge({
    firstName: 'anna',
    language: 'uk',
    referrerId: boris.id,
    lastActiveAt: now,
    createdAt: now - DAY,
  }).create()
  await CustomerFactory.merge({
    firstName: 'chris',
    username: null,
    searchUsername: null,
    lastActiveAt: now - 90 * DAY,
    createdAt: now - 200 * DAY,
  }).create()
  await CustomerFactory.merge({
    firstName: 'dana',
    referrerId: boris.id,
    lastActiveAt: now - 7 * DAY,
    createdAt: now - 7 * DAY,
  }).create()
}

async function namesFor(key: string, parameters: Record<string, string | number>) {
  const segments = await app.container.make(SegmentSource)
  const query = db.from('customers').select('first_name').orderBy('first_name')
  segments.find(key)!.apply(query, parameters, now)
  const rows = await query
  return rows.map((row) => row.first_name)
}

async function planOf(key: string, parameters: Record<string, string | number>) {
  const query = db.from('customers').select('customers.id')
  customerConditions.find((condition) => condition.key === key)!.apply(query, parameters, now)
  const { sql, bindings } = query.toSQL().toNative()
  if (!isPostgres()) return JSON.stringify(rowsOf(await db.rawQuery(`EXPLAIN QUERY PLAN ${sql}`, [...bindings])))
  return db.transaction(async (trx) => {
    await trx.rawQuery('SET LOCAL enable_seqscan = off')
    const text = query.toQuery()
    return JSON.stringify(rowsOf(await trx.rawQuery(`EXPLAIN ${text}`)))
  })
}

test.group('Segment conditions of customers', (group) => {
  group.each.setup(() => resetDatabase())

  test('{key} {parameters} picks {names}')
    .with([
      { key: 'customers.language_is', parameters: { language: 'en' }, names: ['chris', 'dana'] },
      { key: 'customers.language_is_not', parameters: { language: 'en' }, names: ['anna', 'boris'] },
      { key: 'customers.active_within', parameters: { days: 7 }, names: ['anna', 'dana'] },
      { key: 'customers.inactive_for', parameters: { days: 7 }, names: ['boris', 'chris'] },
      { key: 'customers.joined_within', parameters: { days: 7 }, names: ['anna', 'dana'] },
      { key: 'customers.joined_before', parameters: { days: '7' }, names: ['boris', 'chris'] },
      { key: 'customers.has_username', parameters: {}, names: ['anna', 'boris', 'dana'] },
      { key: 'customers.was_invited', parameters: {}, names: ['anna', 'dana'] },
      { key: 'customers.has_invited', parameters: { count: 2 }, names: ['boris'] },
      { key: 'customers.has_invited', parameters: { count: '3' }, names: [] },
    ])
    .run(async ({ assert }, { key, parameters, names }) => {
      await givenFourCustomers()
      assert.deepEqual(await namesFor(key, parameters as Record<string, string | number>), names)
    })

  test('given opposite conditions, when put together, then they cover everyone once', async ({ assert }) => {
    await givenFourCustomers()
    for (const [one, other] of [
      ['customers.active_within', 'customers.inactive_for'],
      ['customers.joined_within', 'customers.joined_before'],
    ]) {
      const names = [...(await namesFor(one, { days: 7 })), ...(await namesFor(other, { days: 7 }))]
      assert.sameMembers(names, EVERYONE)
    }
  })

  test('{$self} is served by an index')
    .with(customerConditions.map(({ key }) => key))
    .run(async ({ assert }, key) => {
      assert.match(await planOf(key, { language: 'en', days: 7, count: 2 }), /USING (COVERING )?INDEX|Index/)
    })
})
