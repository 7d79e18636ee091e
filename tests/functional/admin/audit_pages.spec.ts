import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Audit, SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import Broadcast from '#broadcasts/models/broadcast'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, loginAs } from '#tests/support/staff'

test.group('Audit pages', (group) => {
  group.each.setup(() => resetDatabase())

  test('the audit log is filtered by who, what, about whom and when, in the time zone of the reader', async ({
    client,
    assert,
  }) => {
    const owner = await createAdmin({ fullName: 'Zoe' })
    await owner.merge({ timeZone: 'Asia/Tokyo' }).save()
    const row = { actor_type: 'admin', actor_id: owner.id, actor_name: 'Zoe', subject_type: 'customer' }
    const at = Date.UTC(2026, 0, 14, 20)
    await db.table('audit_entries').insert({ ...row, action: 'customer.banned', subject_id: '12', created_at: at })
    await db.table('audit_entries').insert({ ...row, action: 'customer.unbanned', subject_id: '13', created_at: at })
    const shown = async (query: string) => {
      const response = await loginAs(client.get(`/admin/audit?${query}`), owner)
      const rows = response.text().slice(response.text().indexOf('<tbody>'))
      return ['Banned a customer', 'Lifted a ban'].filter((action) => rows.includes(`>${action}<`))
    }

    assert.lengthOf(await shown(''), 2)
    assert.deepEqual(await shown('action=customer.unban'), ['Lifted a ban'])
    assert.lengthOf(await shown('action=customer.'), 2)
    assert.deepEqual(await shown('subject=customer+12'), ['Banned a customer'])
    assert.lengthOf(await shown(`actor=${owner.id}`), 2)
    assert.lengthOf(await shown('actor=77'), 0)
    assert.lengthOf(await shown('from=2026-01-15&to=2026-01-15'), 2)
    assert.lengthOf(await shown('to=2026-01-14'), 0)
    assert.lengthOf(await shown('from=rubbish&action=%27%3B--'), 2)
  })

  test('an entry names what it is about and leads there; what is gone is told by its number', async ({
    client,
    assert,
  }) => {
    const owner = await createAdmin()
    await loginAs(client.post('/admin/broadcasts').redirects(0), owner)
    const broadcast = await Broadcast.firstOrFail()
    await broadcast.merge({ title: 'Autumn <offer>' }).save()
    const audit = await app.container.make(Audit)
    const about = (subjectType: string, subjectId: number | string) =>
      transaction((trx) =>
        audit.record(trx, { actor: SYSTEM_ACTOR, action: 'broadcast.paused', subjectType, subjectId })
      )
    await about('broadcast', broadcast.id)
    await about('broadcast', 987654)
    await about('settings', 'bot')

    for (const path of ['/admin/audit', '/admin']) {
      const page = await loginAs(client.get(path), owner)
      page.assertTextIncludes(`<a href="/admin/broadcasts/${broadcast.reference}">Autumn &lt;offer&gt;</a>`)
      page.assertTextIncludes('Broadcast 987654')
      page.assertTextIncludes('Settings: Bot')
      assert.notInclude(page.text(), '>broadcast.paused<')
    }
    const dashboard = await loginAs(client.get('/admin'), owner)
    assert.notInclude(dashboard.text(), 'Logged in')
  })

  test('an entry shows what changed, escaped, and the CSV holds everything', async ({ client, assert }) => {
    const owner = await createAdmin()
    const audit = await app.container.make(Audit)
    await transaction((trx) =>
      audit.record(trx, {
        actor: SYSTEM_ACTOR,
        action: 'customer.renamed',
        subjectType: 'customer',
        subjectId: 5,
        before: { name: 'old', kept: 'same' },
        after: { name: '<script>', kept: 'same' },
      })
    )
    const { id } = await db.from('audit_entries').where('action', 'customer.renamed').firstOrFail()
    const page = await loginAs(client.get(`/admin/audit/${id}`), owner)
    page.assertTextIncludes('<del class="text-tone-danger">old</del>')
    page.assertTextIncludes('&lt;script&gt;')
    assert.notInclude(page.text(), '<script>')
    page.assertTextIncludes('same (unchanged)')
    const csv = await loginAs(client.get('/admin/audit?format=csv'), owner)
    csv.assertTextIncludes('customer.renamed')
  })
})
