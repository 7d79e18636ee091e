import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { PanelAccess } from '#admin/panel_access'
import { resetDatabase } from '#tests/support/database'

test.group('Internal panel', (group) => {
  group.each.setup(() => resetDatabase())
  group.each.teardown(() => app.container.restore(PanelAccess))

  const restrict = (host: string | undefined, networks?: string[]) =>
    app.container.swap(PanelAccess, () => new PanelAccess(host, networks))

  test('answers everybody when nothing is configured', async ({ client }) => {
    const response = await client.get('/admin/login')
    response.assertStatus(200)
  })

  test('is not found under another host name than ADMIN_HOST', async ({ client }) => {
    restrict('panel.example.org')
    const elsewhere = await client.get('/admin/login')
    elsewhere.assertStatus(404)
    const there = await client.get('/admin/login').header('host', 'Panel.example.org')
    there.assertStatus(200)
  })

  test('refuses addresses outside of ADMIN_ALLOWED_IPS and reports them', async ({ client, assert }) => {
    restrict(undefined, ['10.0.0.0/8'])
    const response = await client.get('/admin/login')
    response.assertStatus(403)
    assert.containsSubset(await db.from('security_events').first(), { kind: 'address.refused', ip: '127.0.0.1' })

    restrict(undefined, ['10.0.0.0/8', '127.0.0.1'])
    const allowed = await client.get('/admin/login')
    allowed.assertStatus(200)
  })

  test('keeps nothing but the panel: health answers everywhere', async ({ client }) => {
    restrict('panel.example.org', ['10.0.0.0/8'])
    const response = await client.get('/health')
    response.assertStatus(200)
  })
})
