import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { transaction } from '#core/database/transaction'
import { parseInt8 } from '#core/database/int8'
import { resetDatabase } from '#tests/support/database'

test.group('Database', (group) => {
  group.each.setup(() => resetDatabase())

  test('refuses integers that JS numbers would round', ({ assert }) => {
    assert.equal(parseInt8('9007199254740991'), Number.MAX_SAFE_INTEGER)
    assert.throws(() => parseInt8('9007199254740993'), /can't be read exactly/)
  })

  test('rolls a unit of work back as a whole', async ({ assert }) => {
    await assert.rejects(() =>
      transaction(async (trx) => {
        await trx.table('leases').insert({ name: 'a', holder: 'x', fence: 1, acquired_at: 1, expires_at: 2 })
        throw new Error('late')
      })
    )
    assert.isNull(await db.from('leases').first())
  })

  test('audit entries can be neither changed nor removed', async ({ assert }) => {
    await db.table('audit_entries').insert({
      created_at: 1,
      actor_type: 'system',
      actor_name: 'system',
      action: 'a',
      subject_type: 's',
      subject_id: '1',
    })
    await assert.rejects(() => db.from('audit_entries').update({ action: 'b' }), /append-only/)
    await assert.rejects(() => db.from('audit_entries').delete(), /append-only/)
  })
})
