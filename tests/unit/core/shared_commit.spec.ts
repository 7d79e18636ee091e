import { AsyncLocalStorage } from 'node:async_hooks'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { Trx } from '#core/database/transaction'
import { isPostgres } from '#core/database/dialect'
import { SharedCommit } from '#core/database/shared_commit'
import { resetDatabase } from '#tests/support/database'

const lease = (trx: Trx, name: string) =>
  trx.table('leases').insert({ name, holder: 'x', fence: 1, acquired_at: 1, expires_at: 2 })
async function names(): Promise<string[]> {
  const rows = await db.from('leases').orderBy('name').select('name')
  return rows.map(({ name }) => name)
}

test.group('Shared commit', (group) => {
  let shared: SharedCommit
  let commits: number
  group.each.setup(() => resetDatabase())
  group.each.setup(() => {
    shared = new SharedCommit()
    commits = 0
    const knex = db.connection().getWriteClient()
    const count = ({ sql }: { sql: string }) => void (commits += /^COMMIT/i.test(sql) ? 1 : 0)
    knex.client.on('query', count)
    return () => void knex.client.off('query', count)
  })

  test('what waits together is committed together, each in its own savepoint', async ({ assert }) => {
    const failing = async (trx: Trx) => {
      await lease(trx, 'undone')
      throw new Error('late')
    }
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 20 }, (_, i) => shared.run((trx) => lease(trx, `a${String(i).padStart(2, '0')}`))),
      shared.run(failing),
      shared.run((trx) => lease(trx, 'z')),
    ])
    assert.lengthOf(
      outcomes.filter(({ status }) => status === 'fulfilled'),
      21
    )
    assert.deepEqual((outcomes[20] as PromiseRejectedResult).reason.message, 'late')
    assert.lengthOf(await names(), 21)
    assert.notInclude(await names(), 'undone')
    assert.isBelow(commits, 10)
  }).skip(() => isPostgres(), 'SQLite only')

  test('nobody is answered before the commit', async ({ assert }) => {
    const seen: number[] = []
    const run = (name: string) => shared.run((trx) => lease(trx, name)).then(() => seen.push(commits))
    await Promise.all([run('a'), run('b'), run('c')])
    assert.isTrue(seen.every((count) => count > 0))
  }).skip(() => isPostgres(), 'SQLite only')

  test('given the database rolls all of it back, then all of the batch fail and the rest goes on', async ({
    assert,
  }) => {
    const outcomes = await Promise.allSettled([
      shared.run((trx) => lease(trx, 'alone')),
      shared.run((trx) => lease(trx, 'before')),
      shared.run((trx) => trx.rawQuery('ROLLBACK')),
      shared.run((trx) => lease(trx, 'after')),
    ])
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled']
    )
    assert.deepEqual(await names(), ['after', 'alone'])
  }).skip(() => isPostgres(), 'SQLite only')

  test('what follows a commit follows the real one, and may begin a transaction itself', async ({ assert }) => {
    const seen: number[] = []
    const following = (name: string) => async (trx: Trx) => {
      await lease(trx, name)
      trx.after('commit', async () => {
        seen.push(commits)
        await shared.run((other) => lease(other, `${name} followed`))
      })
      if (name === 'undone') throw new Error('late')
    }
    await Promise.allSettled(['alone', 'a', 'undone', 'b'].map((name) => shared.run(following(name))))
    assert.deepEqual(await names(), ['a', 'a followed', 'alone', 'alone followed', 'b', 'b followed'])
    assert.isAtLeast(Math.min(...seen.slice(1)), 2)
  }).skip(() => isPostgres(), 'SQLite only')

  test('each keeps the context of who asked', async ({ assert }) => {
    const context = new AsyncLocalStorage<string>()
    const ask = (name: string) => context.run(name, () => shared.run(async () => context.getStore()))
    assert.deepEqual(await Promise.all(['a', 'b', 'c'].map(ask)), ['a', 'b', 'c'])
  }).skip(() => isPostgres(), 'SQLite only')
})
