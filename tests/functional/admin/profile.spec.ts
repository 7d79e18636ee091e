import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import app from '@adonisjs/core/services/app'
import limiter from '@adonisjs/limiter/services/main'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { requireTwoFactor } from '#staff/settings'
import { totpCode } from '#staff/two_factor/totp'
import { resetDatabase } from '#tests/support/database'
import { ADMIN_PASSWORD, createAdmin } from '#tests/support/staff'
import { enrolTwoFactor } from '#tests/support/two_factor'
import { Visitor } from '#tests/support/visitor'
import type Admin from '#staff/models/admin'

async function loggedIn(client: ConstructorParameters<typeof Visitor>[0], admin: Admin) {
  const visitor = new Visitor(client)
  await visitor.post('/admin/login', { email: admin.email, password: ADMIN_PASSWORD })
  return visitor
}

const codesIn = (html: string) => html.match(/[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}/g) ?? []
const keyIn = (html: string) => html.match(/<code>([A-Z2-7 ]{30,})<\/code>/)![1].replaceAll(' ', '')

test.group('Profile', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    await limiter.clear()
  })

  test('name, time zone, theme and alerts are saved and audited', async ({ client, assert }) => {
    const admin = await createAdmin()
    const visitor = await loggedIn(client, admin)
    const form = { full_name: 'Mira <b>', time_zone: 'Europe/Kyiv', theme: 'dark' }
    await visitor.post('/admin/profile?_method=PUT', form)

    const page = await visitor.get('/admin/profile')
    page.assertTextIncludes('data-bs-theme="dark"')
    page.assertTextIncludes('Mira &lt;b&gt;')
    await admin.refresh()
    assert.containsSubset(admin, { timeZone: 'Europe/Kyiv', receivesAlerts: false })
    assert.exists(await db.from('audit_entries').where('action', 'admin.profile_updated').first())
  })

  test('a time zone that does not exist is refused at its field', async ({ client, assert }) => {
    const admin = await createAdmin()
    const visitor = await loggedIn(client, admin)
    await visitor.post('/admin/profile?_method=PUT', { full_name: 'M', time_zone: 'Mars/Base', theme: 'auto' })
    const page = await visitor.get('/admin/profile')
    page.assertTextIncludes('Choose one of the time zones in the list.')
    await admin.refresh()
    assert.equal(admin.timeZone, 'UTC')
  })

  test('the second factor is set up, asked for at login and can not be skipped', async ({ client, assert }) => {
    const admin = await createAdmin()
    const visitor = await loggedIn(client, admin)
    await visitor.post('/admin/profile/two-factor/enrolment')
    const enrolment = await visitor.get('/admin/profile/two-factor')
    enrolment.assertTextIncludes('<svg')
    const secret = keyIn(enrolment.text())
    await visitor.post('/admin/profile/two-factor', { code: totpCode(secret, Date.now()) })
    const codes = await visitor.get('/admin/profile/two-factor/recovery-codes')
    assert.lengthOf(codesIn(codes.text()), 10)
    const reload = await visitor.get('/admin/profile/two-factor/recovery-codes')
    reload.assertHeader('location', '/admin/profile/two-factor')

    const other = await loggedIn(client, admin)
    const panel = await other.get('/admin')
    panel.assertHeader('location', '/admin/login')
    const wrong = await other.post('/admin/login/code', { code: '000000' })
    wrong.assertStatus(422)
    const passed = await other.post('/admin/login/code', { code: totpCode(secret, Date.now() + 30_000) })
    passed.assertHeader('location', '/admin')
    const page = await other.get('/admin')
    page.assertStatus(200)
  })

  test('a recovery code lets in and says how many are left', async ({ client }) => {
    const admin = await createAdmin()
    const { recoveryCodes } = await enrolTwoFactor(admin)
    const visitor = await loggedIn(client, admin)
    await visitor.post('/admin/login/code', { code: recoveryCodes[3] })
    const page = await visitor.get('/admin')
    page.assertTextIncludes('You used a recovery code; 9 are left.')
  })

  test('the second step is worth nothing without the first', async ({ client }) => {
    const admin = await createAdmin()
    const { code } = await enrolTwoFactor(admin)
    const response = await new Visitor(client).post('/admin/login/code', { code: code() })
    response.assertHeader('location', '/admin/login')
  })

  test('codes and secrets are never stored in the session in the clear', async ({ client, assert }) => {
    const admin = await createAdmin()
    const visitor = await loggedIn(client, admin)
    await visitor.post('/admin/profile/two-factor/enrolment')
    const enrolment = await visitor.get('/admin/profile/two-factor')
    const secret = keyIn(enrolment.text())
    await visitor.post('/admin/profile/two-factor', { code: totpCode(secret, Date.now()) })
    const stored = JSON.stringify(await db.from('sessions'))
    const codes = await visitor.get('/admin/profile/two-factor/recovery-codes')
    for (const code of codesIn(codes.text())) assert.notInclude(stored, code)
  })

  test('where it is required, an owner without one gets no further than the set-up', async ({ client }) => {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, requireTwoFactor, true))
    const owner = await loggedIn(client, await createAdmin())
    const refused = await owner.get('/admin')
    refused.assertHeader('location', '/admin/profile/two-factor')
    const setup = await owner.get('/admin/profile/two-factor')
    setup.assertTextIncludes('Your role needs a second factor')

    const support = await loggedIn(client, await createAdmin({ role: 'support' }))
    const page = await support.get('/admin')
    page.assertStatus(200)
  })

  test('a password from somebody else must be changed before anything else', async ({ client }) => {
    const admin = await createAdmin()
    await db.from('admins').where('id', admin.id).update({ must_change_password: true })
    const visitor = await loggedIn(client, admin)
    const refused = await visitor.get('/admin/admins')
    refused.assertHeader('location', '/admin/profile/password')

    await visitor.post('/admin/profile/password?_method=PUT', {
      current_password: ADMIN_PASSWORD,
      new_password: 'tangerine velvet 7',
      new_password_confirmation: 'tangerine velvet 7',
    })
    const page = await visitor.get('/admin/admins')
    page.assertStatus(200)
  })

  test('a refused new password is told at its field and never stored', async ({ client, assert }) => {
    const visitor = await loggedIn(client, await createAdmin())
    const change = (next: string, again = next) =>
      visitor.post('/admin/profile/password?_method=PUT', {
        current_password: ADMIN_PASSWORD,
        new_password: next,
        new_password_confirmation: again,
      })
    await change('tangerine velvet 7', 'tangerine velvet 8')
    assert.notInclude(JSON.stringify(await db.from('sessions')), 'tangerine')
    await change('qwertyuiop12345')
    const page = await visitor.get('/admin/profile/password')
    page.assertTextIncludes('This password is among the first that are tried')
    assert.notInclude(page.text(), 'qwertyuiop12345')
  })

  test('changing the password logs the other devices out', async ({ client }) => {
    const admin = await createAdmin()
    const [here, there] = [await loggedIn(client, admin), await loggedIn(client, admin)]
    await here.post('/admin/profile/password?_method=PUT', {
      current_password: ADMIN_PASSWORD,
      new_password: 'tangerine velvet 7',
      new_password_confirmation: 'tangerine velvet 7',
    })
    const mine = await here.get('/admin')
    mine.assertStatus(200)
    const theirs = await there.get('/admin')
    theirs.assertHeader('location', '/admin/login')
  })

  test('a code for Telegram is shown once', async ({ client, assert }) => {
    const visitor = await loggedIn(client, await createAdmin())
    await visitor.post('/admin/profile/telegram', { password: ADMIN_PASSWORD })
    const page = await visitor.get('/admin/profile')
    assert.match(page.text(), /<code>\/link [0-9A-HJKMNP-TV-Z]{8}<\/code>/)
    const reload = await visitor.get('/admin/profile')
    assert.notMatch(reload.text(), /<code>\/link/)
  })

  test('a code for Telegram takes the password, whatever the session may do', async ({ client, assert }) => {
    const visitor = await loggedIn(client, await createAdmin())
    await visitor.post('/admin/profile/telegram', { password: 'wrong' })
    const page = await visitor.get('/admin/profile')
    page.assertTextIncludes('This is not your current password.')
    await visitor.post('/admin/profile/telegram')
    assert.isNull(await db.from('admin_link_codes').first())
  })

  test('an account that is not complete gets no code for Telegram', async ({ client, assert }) => {
    const admin = await createAdmin()
    const visitor = await loggedIn(client, admin)
    await db.from('admins').where('id', admin.id).update({ must_change_password: true })
    const unchanged = await visitor.post('/admin/profile/telegram', { password: ADMIN_PASSWORD })
    unchanged.assertHeader('location', '/admin/profile/password')

    await db.from('admins').where('id', admin.id).update({ must_change_password: false })
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, requireTwoFactor, true))
    const unenrolled = await visitor.post('/admin/profile/telegram', { password: ADMIN_PASSWORD })
    unenrolled.assertHeader('location', '/admin/profile/two-factor')
    assert.isNull(await db.from('admin_link_codes').first())
  })

  test('sessions are listed with their device and ended one by one or all at once', async ({ client, assert }) => {
    const admin = await createAdmin()
    const [here, there, elsewhere] = [
      await loggedIn(client, admin),
      await loggedIn(client, admin),
      await loggedIn(client, admin),
    ]
    await db
      .from('admin_sessions')
      .where('id', 2)
      .update({ user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' })
    const list = await here.get('/admin/sessions')
    list.assertTextIncludes('Firefox on Linux')
    list.assertTextIncludes('this one')

    await here.post('/admin/sessions/2?_method=DELETE')
    const ended = await there.get('/admin')
    ended.assertHeader('location', '/admin/login')
    const login = await there.get('/admin/login')
    login.assertTextIncludes('You were logged out: this session has ended.')

    const still = await elsewhere.get('/admin')
    still.assertStatus(200)
    await here.post('/admin/sessions?_method=DELETE')
    const gone = await elsewhere.get('/admin')
    gone.assertStatus(302)
    assert.lengthOf(await db.from('admin_sessions').whereNull('revoked_at'), 1)
  })
})
