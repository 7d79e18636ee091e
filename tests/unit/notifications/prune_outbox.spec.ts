import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Settings } from '#core/contracts/settings'
import { PruneOutbox } from '#notifications/ticks/prune_outbox'
import { resetDatabase } from '#tests/support/database'
import { insertRows } from '#tests/support/telegram/outbox_rows'
import { DAY, TestClock } from '#tests/support/test_clock'

test.group('Retention of the outbox', (group) => {
  group.each.setup(() => resetDatabase())

  test('removes what was finished long ago, and nothing that is still to be sent', async ({ assert }) => {
    const clock = new TestClock()
    const prune = new PruneOutbox(clock, await app.container.make(Settings))
    const old = clock.now() - 91 * DAY
    await insertRows(1500, () => ({ status: 'SENT', created_at: old }))
    const waiting = await insertRows(1, () => ({ status: 'PENDING', created_at: old }))
    await insertRows(700, () => ({ status: 'UNKNOWN', created_at: old }))
    const recent = await insertRows(3, () => ({ status: 'SENT', created_at: clock.now() - 89 * DAY }))
    await prune.run(new AbortController().signal)

    const rows = await db.from('notifications').orderBy('id')
    assert.deepEqual(
      rows.map(({ id }) => id),
      [...waiting, ...recent]
    )
  })
})
