import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import limiter from '@adonisjs/limiter/services/main'
import { SecurityEvents } from '#core/contracts/security_events'
import { Approvals } from '#core/contracts/approvals'
import { ok, refuse } from '#core/result'
import { transaction } from '#core/database/transaction'
import Admin from '#staff/models/admin'
import { resetDatabase } from '#tests/support/database'
import { ADMIN_PASSWORD, createAdmin, loginAs } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

/** As it is made for an admin; a part of a longer word, such as of a UUID, is none. */
const PASSWORD = /(?<![\w-])[a-z2-9]{4}(-[a-z2-9]{4}){4}(?![\w-])/

test.group('Admins pages', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    await limiter.clear()
  })

  test('an owner makes an admin whose password is shown once', async ({ client, assert }) => {
    const owner = await createAdmin()
    const visitor = new Visitor(client)
    await visitor.post('/admin/login', { email: owner.email, password: ADMIN_PASSWORD })
    const form = { full_name: 'Taras', email: 'Taras@example.org', role: 'support' }
    const response = await visitor.post('/admin/admins', form)
    const { id } = await Admin.findByOrFail('email', 'taras@example.org')
    response.assertHeader('location', `/admin/admins/${id}`)

    assert.notMatch(JSON.stringify(await db.from('sessions').select('data')), PASSWORD)
    const page = await visitor.get(`/admin/admins/${id}`)
    const [password] = page.text().match(PASSWORD)!
    const reload = await visitor.get(`/admin/admins/${id}`)
    assert.notInclude(reload.text(), password)

    const taras = new Visitor(client)
    const login = await taras.post('/admin/login', { email: 'taras@example.org', password })
    login.assertHeader('location', '/admin')

    await visitor.post('/admin/admins', form)
    const again = await visitor.get('/admin/admins/create')
    again.assertTextIncludes('An admin with this e-mail address exists already.')
    again.assertTextIncludes('Taras@example.org')
  })

  test('the list finds, filters and exports, and never holds a hash', async ({ client, assert }) => {
    const owner = await createAdmin({ fullName: 'Zoe', email: 'zoe@example.org' })
    await createAdmin({ fullName: 'Adam', email: 'adam@example.org', role: 'support' })
    const get = (query: string) => loginAs(client.get(`/admin/admins?${query}`), owner)

    const found = await get('q=dam')
    found.assertTextIncludes('adam@example.org')
    const filtered = await get('role=support')
    assert.notInclude(filtered.text().split('<main')[1], 'zoe@example.org')
    const csv = await get('format=csv')
    csv.assertTextIncludes('zoe@example.org')
    assert.notInclude(csv.text(), owner.password)
  })

  test('an owner changes, disables, enables and helps another admin', async ({ client, assert }) => {
    const [owner, admin] = [await createAdmin(), await createAdmin({ role: 'support' })]
    const send = (method: string, path: string, form = {}) =>
      loginAs(client.request(`/admin/admins/${admin.id}${path}`, method), owner)
        .form(form)
        .redirects(0)

    await send('PUT', '', { full_name: 'New', role: 'finance' })
    await send('POST', '/disablement')
    await admin.refresh()
    assert.containsSubset(admin, { fullName: 'New', role: 'finance', isDisabled: true })
    await send('DELETE', '/disablement')
    const reset = await send('POST', '/password-resets')
    reset.assertFlashMessage('success', 'The password is replaced and all sessions have ended.')
    const none = await send('DELETE', '/two-factor')
    none.assertFlashMessage('error', 'There is no second factor to change.')
    await admin.refresh()
    assert.containsSubset(admin, { isDisabled: false, mustChangePassword: true })
  })

  test('an unknown role or admin is a clear answer', async ({ client }) => {
    const owner = await createAdmin()
    const role = await loginAs(client.put(`/admin/admins/${owner.id}`), owner)
      .form({ full_name: 'x', role: 'emperor' })
      .redirects(0)
    role.assertStatus(302)
    const unknown = await loginAs(client.get('/admin/admins/999'), owner)
    unknown.assertStatus(404)
    const absurd = await loginAs(client.get('/admin/admins/99999999999999999999'), owner)
    absurd.assertStatus(404)
  })

  test('the security page counts and lists events', async ({ client }) => {
    const owner = await createAdmin()
    const events = await app.container.make(SecurityEvents)
    for (let time = 0; time < 3; time++) {
      await events.report({ kind: 'webhook.forged', subject: 'telegram', ip: '10.9.8.7', details: { path: '/x' } })
    }
    const page = await loginAs(client.get('/admin/security?q=telegram&kind=webhook.forged&since=24h'), owner)
    page.assertTextIncludes('Forged webhook')
    page.assertTextIncludes('10.9.8.7')
    page.assertTextIncludes('path: /x')
  })

  test('a second admin approves or rejects what waits', async ({ client, assert }) => {
    const [requester, approver] = [await createAdmin({ role: 'manager' }), await createAdmin()]
    let refuses = true
    const approvals = await app.container.make(Approvals)
    approvals.register({
      action: 'test.launch',
      permission: 'broadcasts.send',
      describe: async () => ({ title: 'Launch', facts: [{ label: 'Audience', value: '4 300 <b>' }] }),
      execute: async () => (refuses ? refuse('approval_expired') : ok()),
    })
    const id = await transaction((trx) =>
      approvals.request(trx, {
        action: 'test.launch',
        subjectType: 'rocket',
        subjectId: 1,
        payload: {},
        requestedBy: requester.id,
        expiresAt: Date.now() + 3_600_000,
      })
    )
    const list = await loginAs(client.get('/admin/approvals?status=pending'), approver)
    list.assertTextIncludes('test.launch')
    const own = await loginAs(client.get(`/admin/approvals/${id}`), requester)
    own.assertTextIncludes('You made this request')
    assert.notInclude(own.text(), '/approval"')
    const page = await loginAs(client.get(`/admin/approvals/${id}`), approver)
    page.assertTextIncludes('4 300 &lt;b&gt;')

    const approve = () => loginAs(client.post(`/admin/approvals/${id}/approval`), approver).redirects(0)
    const refused = await approve()
    refused.assertFlashMessage('error', 'This request has expired: it must be made again.')
    refuses = false
    const done = await approve()
    done.assertFlashMessage('success', 'Approved and carried out.')
    const late = await loginAs(client.post(`/admin/approvals/${id}/rejection`), approver).redirects(0)
    late.assertFlashMessage('error', 'Somebody has decided this request already.')
  })
})
