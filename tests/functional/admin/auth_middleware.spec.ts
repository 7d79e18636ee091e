import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, sessionOf } from '#tests/support/staff'

test.group('Panel access', (group) => {
  group.each.setup(() => resetDatabase())

  test('sends a visitor to the login page and remembers where they wanted to go', async ({ client, assert }) => {
    const response = await client.get('/admin').redirects(0)

    response.assertStatus(302)
    response.assertHeader('location', '/admin/login')
    assert.equal(response.session('redirect.intendedUrl'), '/admin')
  })

  test('answers 401 to a program', async ({ client }) => {
    const response = await client.get('/admin').accept('json')
    response.assertStatus(401)
  })

  test('lets a logged-in admin in', async ({ client }) => {
    const response = await client.get('/admin').loginAs(await createAdmin())
    response.assertStatus(200)
    response.assertHeader('cache-control', 'no-store')
  })

  test('a session without a row in the list of sessions is none', async ({ client }) => {
    const admin = await createAdmin()
    const response = await client.get('/admin').withSession({ auth_web: admin.id }).redirects(0)

    response.assertStatus(302)
    response.assertFlashMessage('error', 'You were logged out: this session has ended. Log in to go on.')
    response.assertSessionMissing('auth_web')
  })

  test("another admin's row does not open the panel", async ({ client }) => {
    const [admin, other] = [await createAdmin(), await createAdmin()]
    const session = { ...(await sessionOf(other)), auth_web: admin.id }
    const response = await client.get('/admin').withSession(session).redirects(0)
    response.assertStatus(302)
  })

  test('a revoked session is over at the next request', async ({ client }) => {
    const session = await sessionOf(await createAdmin())
    await client
      .get('/admin')
      .withSession(session)
      .then((response) => response.assertStatus(200))
    await db.from('admin_sessions').update({ revoked_at: 1 })

    const response = await client.get('/admin').withSession(session).redirects(0)
    response.assertStatus(302)
  })

  test('a disabled admin is logged out at the next request', async ({ client }) => {
    const session = await sessionOf(await createAdmin())
    await db.from('admins').update({ disabled_at: 1 })

    const response = await client.get('/admin').withSession(session).redirects(0)
    response.assertStatus(302)
  })
})
