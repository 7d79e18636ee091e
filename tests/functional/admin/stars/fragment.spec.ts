import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Settings } from '#core/contracts/settings'
import { fulfilmentProvider } from '#stars/settings'
import { createAdmin, loginAs } from '#tests/support/staff'
import { StarsWorld } from '#tests/support/stars/world'

const PATH = '/admin/stars/fragment'
const COOKIES = 'stel_ssid=a1b2c3; stel_dt=-180; stel_token=secret-token; stel_ton_token=secret-ton-token'

test.group('Fragment in the panel', (group) => {
  const world = new StarsWorld()

  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('cookies are stored encrypted, audited without their content, and never shown', async ({ client, assert }) => {
    const admin = await createAdmin()
    const response = await loginAs(client.post(`${PATH}/session`).form({ copied_cookies: COOKIES }).redirects(0), admin)
    response.assertFlashMessage('success', 'The cookies are stored, encrypted.')

    const page = await loginAs(client.get(PATH), admin)
    assert.include(page.text(), 'in use')
    const entries = await db.from('audit_entries').where('action', 'fragment_session.changed')
    assert.lengthOf(entries, 1)
    const sessions = await db.from('fragment_sessions')
    for (const text of [page.text(), JSON.stringify(entries), JSON.stringify(sessions)]) {
      assert.notInclude(text, 'secret-token')
      assert.notInclude(text, 'secret-ton-token')
    }
  })

  test('what was typed never comes back, whatever is wrong with it')
    .with([
      { path: 'session', form: { copied_cookies: 'stel_token=secret-token' } },
      { path: 'session', form: { copied_cookies: `secret-token${'x'.repeat(9000)}` } },
      { path: 'wallet', form: { mnemonic: 'secret-token is no wallet' } },
      { path: 'wallet', form: { mnemonic: `secret-token${'x'.repeat(2000)}` } },
    ])
    .run(async ({ client, assert }, { path, form }) => {
      const admin = await createAdmin()
      const response = await loginAs(client.post(`${PATH}/${path}`).form(form).redirects(0), admin)
      response.assertStatus(302)
      assert.notInclude(JSON.stringify(response.flashMessages()), 'secret-token')
      assert.lengthOf(await db.from('fragment_sessions'), 0)
      assert.lengthOf(await db.from('ton_wallets'), 0)
    })

  test('an owner pauses Fragment, and new orders wait for a person', async ({ client, assert }) => {
    await world.set(fulfilmentProvider, 'fragment')
    const admin = await createAdmin()
    const on = await loginAs(client.get(PATH), admin)
    assert.include(on.text(), 'Pause Fragment')

    const form = { provider: 'manual' }
    const response = await loginAs(client.post(`${PATH}/switch`).form(form).redirects(0), admin)
    response.assertFlashMessage('success', 'New orders wait for a person now.')
    const settings = await app.container.make(Settings)
    assert.equal(await settings.get(fulfilmentProvider), 'manual')
    const entry = await db.from('audit_entries').where('action', 'settings.changed').firstOrFail()
    assert.equal(entry.actor_id, admin.id)
  })

  test('a manager sees how it stands and changes nothing', async ({ client, assert }) => {
    const admin = await createAdmin({ role: 'manager' })
    const page = await loginAs(client.get(PATH), admin)
    page.assertStatus(200)
    assert.notInclude(page.text(), 'name="copied_cookies"')
    assert.notInclude(page.text(), 'name="mnemonic"')
    const response = await loginAs(client.post(`${PATH}/session`).form({ copied_cookies: COOKIES }).redirects(0), admin)
    response.assertStatus(403)
  })
})
