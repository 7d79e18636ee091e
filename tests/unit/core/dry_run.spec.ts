import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { dryRun } from '#core/database/dry_run'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'

test.group('A dry run', (group) => {
  group.each.setup(() => resetDatabase())

  test('answers what was read inside and leaves nothing behind', async ({ assert }) => {
    const { id } = await CustomerFactory.merge({ firstName: 'Olena' }).create()
    const seen = await dryRun(async (trx) => {
      await trx.from('customers').where({ id }).update({ first_name: 'Petro' })
      return trx.from('customers').where({ id }).firstOrFail()
    })
    assert.equal(seen.first_name, 'Petro')
    const kept = await db.from('customers').where({ id }).firstOrFail()
    assert.equal(kept.first_name, 'Olena')
  })

  test('an error inside comes out', async ({ assert }) => {
    await assert.rejects(() => dryRun(() => Promise.reject(new Error('no such table'))), 'no such table')
  })
})
