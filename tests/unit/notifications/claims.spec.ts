import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#core/database/dialect'
import { Attempts } from '#notifications/sender/attempts'
import { Claims } from '#notifications/sender/claims'
import { resetDatabase } from '#tests/support/database'
import { runScript } from '#tests/support/processes'
import { broadcastRow, insertRow, insertRows, rowOf } from '#tests/support/telegram/outbox_rows'

const HOUR_MS = 3_600_000

test.group('Claims', (group) => {
  let claims: Claims
  group.each.setup(async () => {
    await resetDatabase()
    claims = await app.container.make(Claims)
  })

  const claim = async (broadcastIds: number[] = [], size = 10, claimant = 'me') => {
    const rows = await claims.claim({ claimant, transactional: size, broadcast: size, broadcastIds })
    return rows.map(({ id }) => id)
  }

  test('given several processes at once, then each row goes to exactly one', async ({ assert }) => {
    const ids = await insertRows(300, (i) => (i % 3 === 0 ? {} : broadcastRow(i % 3)))
    const script = new URL('scripts/claim_all.ts', import.meta.url)
    const shares = await Promise.all(['a', 'b', 'c'].map((claimant) => runScript<number[]>(script, [claimant])))

    assert.deepEqual(
      shares.flat().sort((a, b) => a - b),
      ids
    )
  })

  test('does not wait for rows that somebody else has locked', async ({ assert }) => {
    const [first, second] = await insertRows(2)
    const trx = await db.transaction()
    await trx.from('notifications').where('id', first).forUpdate()

    assert.deepEqual(await claim(), [second])
    await trx.rollback()
  }).skip(() => !isPostgres(), 'SQLite has one lock for the whole file')

  test('takes what is due, by priority, then by time', async ({ assert }) => {
    await insertRow({ scheduled_at: Date.now() + HOUR_MS })
    await insertRow({ status: 'SENT' })
    const late = await insertRow({ scheduled_at: 5 })
    const early = await insertRow({ scheduled_at: 3, status: 'FAILED', attempts: 2 })
    const payment = await insertRow({ priority: 10, scheduled_at: 9 })

    assert.deepEqual(await claim(), [payment, early, late])
  })

  test('broadcasts come after everything else, in the order that they are given', async ({ assert }) => {
    const [one, two, three] = await insertRows(3, (i) => broadcastRow(i + 1))
    const other = await insertRow()

    assert.deepEqual(await claim([3, 1], 10), [other, three, one])
    assert.deepEqual(await claim([2], 10), [two])
  })

  test('a broadcast that is not being sent keeps its rows', async ({ assert }) => {
    const id = await insertRow(broadcastRow(1))

    assert.deepEqual(await claim([]), [])
    assert.include(await rowOf(id), { status: 'PENDING', claimed_by: null })
  })

  test('looks through many broadcasts for one that has something due', async ({ assert }) => {
    const id = await insertRow(broadcastRow(30))
    const ids = Array.from({ length: 30 }, (_, i) => i + 1)

    assert.deepEqual(await claim(ids), [id])
  })

  test('takes no more than it was asked for', async ({ assert }) => {
    await insertRows(20, (i) => (i % 2 ? broadcastRow(1) : {}))
    const rows = await claims.claim({ claimant: 'me', transactional: 3, broadcast: 4, broadcastIds: [1] })

    assert.lengthOf(rows, 4)
    assert.lengthOf(
      rows.filter(({ broadcastId }) => broadcastId === null),
      3
    )
  })

  test('reads no further than what is due, however many rows wait', async ({ assert }) => {
    const plans: string[] = []
    const connection = db.connection().getWriteClient()
    connection.on('query', ({ sql, bindings }: { sql: string; bindings: unknown[] }) => {
      if (sql.startsWith('UPDATE notifications')) plans.push(JSON.stringify({ sql, bindings }))
    })
    await claim([1])
    const statements = plans.splice(0)
    for (const statement of statements) {
      const { sql, bindings } = JSON.parse(statement)
      const steps = await db.rawQuery(`EXPLAIN QUERY PLAN ${sql}`, bindings)
      const details = steps.map(({ detail }: { detail: string }) => detail).join('\n')
      assert.match(details, /(SCAN|SEARCH) notifications USING (COVERING )?INDEX notifications_(broadcast_)?due_index/)
      assert.lengthOf(details.match(/TEMP B-TREE/g)!, 1, 'what is chosen is sorted, not what is due')
    }
    assert.lengthOf(statements, 2)
  }).skip(() => isPostgres(), 'its planner reads small tables as a whole')

  test('only its claimant may journal an attempt on a row', async ({ assert }) => {
    const [mine, theirs] = await insertRows(2)
    const attempts = await app.container.make(Attempts)
    await claim([], 1, 'me')
    await claim([], 1, 'them')
    const { ids } = await attempts.mark('me', [mine, theirs])

    assert.deepEqual([...ids], [mine])
    assert.include(await rowOf(theirs), { attempts: 0, attempted_at: null })
  })

  test('what goes back unsent costs no attempt', async ({ assert }) => {
    const [fresh, failed] = [await insertRow(), await insertRow({ status: 'FAILED', attempts: 2 })]
    const attempts = await app.container.make(Attempts)
    await claim()
    await attempts.mark('me', [fresh, failed])
    await attempts.release('me', [fresh, failed])

    assert.include(await rowOf(fresh), { status: 'PENDING', attempts: 0, attempted_at: null })
    assert.include(await rowOf(failed), { status: 'FAILED', attempts: 2, attempted_at: null })
  })
})
