import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Audit, SYSTEM_ACTOR, type AuditEntryInput } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { parseJson } from '#core/database/columns'
import { resetDatabase } from '#tests/support/database'

const record = async (entry: Partial<AuditEntryInput>) => {
  const audit = await app.container.make(Audit)
  await transaction((trx) =>
    audit.record(trx, {
      actor: SYSTEM_ACTOR,
      action: 'thing.changed',
      subjectType: 'thing',
      subjectId: 1,
      ...entry,
    })
  )
  return db.from('audit_entries').orderBy('id', 'desc').first()
}

test.group('Audit log', (group) => {
  group.each.setup(() => resetDatabase())

  test('keeps who did what with the values before and after', async ({ assert }) => {
    const row = await record({
      actor: { type: 'admin', id: 7, name: 'Mira', ip: '10.0.0.1', requestId: 'r1' },
      before: { title: 'a', amount: 10n },
      after: { title: 'b', tags: ['x'] },
    })

    assert.containsSubset(row, {
      actor_type: 'admin',
      actor_id: 7,
      actor_name: 'Mira',
      ip: '10.0.0.1',
      request_id: 'r1',
    })
    assert.deepEqual(parseJson(row.before), { title: 'a', amount: '10' })
    assert.deepEqual(parseJson(row.after), { title: 'b', tags: ['x'] })
  })

  test('is gone with the transaction that wrote it', async ({ assert }) => {
    const audit = await app.container.make(Audit)
    await assert.rejects(() =>
      transaction(async (trx) => {
        await audit.record(trx, { actor: SYSTEM_ACTOR, action: 'a.b', subjectType: 'a', subjectId: 1 })
        throw new Error('late')
      })
    )
    assert.isNull(await db.from('audit_entries').first())
  })

  for (const name of [
    'password',
    'twoFactorSecret',
    'botToken',
    'api_key',
    'recoveryCodes',
    'mnemonic',
    'privateKey',
  ]) {
    test(`refuses a value named ${name}`, async ({ assert }) => {
      await assert.rejects(() => record({ after: { nested: { [name]: 'abc' } } }), /must not hold/)
      assert.isNull(await db.from('audit_entries').first())
    })
  }

  test('may tell that a secret was set', async ({ assert }) => {
    const row = await record({ before: { password: null }, after: { passwordChanged: true } })
    assert.deepEqual(parseJson(row.after), { passwordChanged: true })
  })

  test('cuts long texts and lists and says so', async ({ assert }) => {
    const row = await record({ after: { text: 'x'.repeat(3_000), list: Array.from({ length: 150 }, (_, i) => i) } })
    const { text, list } = parseJson(row.after)

    assert.match(text, /^x{2000}… \(3000 characters\)$/)
    assert.lengthOf(list, 101)
    assert.equal(list.at(-1), '… 50 more')
  })
})
