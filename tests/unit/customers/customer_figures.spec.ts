import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { CustomerFiguresQuery } from '#customers/queries/customer_figures_query'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { DAY, TestClock } from '#tests/support/test_clock'

test.group('CustomerFiguresQuery', (group) => {
  const now = new TestClock().now()
  group.each.setup(() => resetDatabase())

  test('given nobody, when counted, then all is zero', async ({ assert }) => {
    const figures = await new CustomerFiguresQuery().run(now)
    assert.deepEqual(figures, { total: 0, joined: 0, active: 0, unreachable: 0, banned: 0 })
  })

  test('given customers far apart in their ids, when counted, then each is counted once', async ({ assert }) => {
    await CustomerFactory.merge({ createdAt: now - DAY, lastActiveAt: now }).create()
    await CustomerFactory.merge({ createdAt: now - DAY - 1, lastActiveAt: now - DAY - 1 }).create()
    const far = await CustomerFactory.apply('banned').apply('unreachable').create()
    await db.from('customers').where('id', far.id).update({ id: 120_000 })
    const figures = await new CustomerFiguresQuery().run(now)
    assert.deepEqual(figures, { total: 3, joined: 1, active: 1, unreachable: 1, banned: 1 })
  })
})
