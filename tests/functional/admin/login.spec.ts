import { test } from '@japa/runner'
import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import limiter from '@adonisjs/limiter/services/main'
import { forgetLimits } from '#tests/support/limits'
import { resetDatabase } from '#tests/support/database'
import { ADMIN_PASSWORD, createAdmin } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const WRONG = 'The e-mail address or the password is wrong.'

test.group('Login', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    await limiter.clear()
  })

  test('opens the page that was asked for, with a fresh session id', async ({ client, assert }) => {
    const admin = await createAdmin({ email: 'mira@example.org' })
    const visitor = new Visitor(client)
    await visitor.get('/admin?range=7d')
    const before = visitor.sessionId

    const response = await visitor.post('/admin/login', { email: ' Mira@Example.ORG ', password: ADMIN_PASSWORD })
    response.assertHeader('location', '/admin?range=7d')
    assert.notEqual(visitor.sessionId, before)
    assert.isNull(await db.from('sessions').where('id', String(before)).first())

    const page = await visitor.get('/admin')
    page.assertStatus(200)
    const session = await db.from('admin_sessions').firstOrFail()
    assert.containsSubset(session, { admin_id: admin.id, ip: '127.0.0.1', revoked_at: null })
    assert.exists(await db.from('audit_entries').where('action', 'admin.logged_in').first())
  })

  test('says the same for an unknown address, a wrong password and a disabled admin', async ({ client, assert }) => {
    await createAdmin({ email: 'mira@example.org' })
    const disabled = await createAdmin({ email: 'gone@example.org' })
    await db.from('admins').where('id', disabled.id).update({ disabled_at: 1 })

    for (const [email, password] of [
      ['nobody@example.org', ADMIN_PASSWORD],
      ['mira@example.org', 'wrong'],
      ['gone@example.org', ADMIN_PASSWORD],
    ]) {
      const response = await new Visitor(client).post('/admin/login', { email, password })
      response.assertStatus(422)
      response.assertTextIncludes(WRONG)
      response.assertTextIncludes(email)
      assert.notInclude(response.text(), ADMIN_PASSWORD)
    }
    const events = await db.from('security_events').where('kind', 'login.failed').orderBy('id')
    assert.deepEqual(
      events.map(({ subject }) => subject),
      ['nobody@example.org', 'mira@example.org', 'gone@example.org']
    )
  })

  test('an unknown address costs a hash too, so that time tells nothing', async ({ client, assert, cleanup }) => {
    const admin = await createAdmin()
    const hasher = hash.use()
    const [make, verify] = [hasher.make.bind(hasher), hasher.verify.bind(hasher)]
    let hashes = 0
    const counted =
      <A extends unknown[], R>(work: (...args: A) => R) =>
      (...args: A) => (hashes++, work(...args))
    Object.assign(hasher, { make: counted(make), verify: counted(verify) })
    cleanup(() => void Object.assign(hasher, { make, verify }))

    for (const email of ['nobody@example.org', admin.email]) {
      hashes = 0
      await new Visitor(client).post('/admin/login', { email, password: 'wrong' })
      assert.equal(hashes, 1, email)
    }
  })

  test('a password typed into the wrong field is written down nowhere', async ({ client, assert }) => {
    await new Visitor(client).post('/admin/login', { email: 'tangerine velvet 7', password: 'x' })
    const event = await db.from('security_events').firstOrFail()
    assert.equal(event.subject, 'no e-mail address')
    assert.notInclude(JSON.stringify(await db.from('sessions')), 'tangerine')
  })

  test('blocks an account for a network after five failures, for longer each time, and says how long', async ({
    client,
    assert,
  }) => {
    await createAdmin({ email: 'mira@example.org' })
    const fail = () => new Visitor(client).post('/admin/login', { email: 'mira@example.org', password: 'wrong' })
    for (let attempt = 0; attempt < 5; attempt++) await fail()

    const blocked = await new Visitor(client).post('/admin/login', {
      email: 'MIRA@example.org',
      password: ADMIN_PASSWORD,
    })
    blocked.assertStatus(429)
    blocked.assertTextIncludes('Too many attempts to log in. Try again in 1 min.')
    assert.equal(blocked.header('retry-after'), '60')
    assert.exists(await db.from('security_events').where('kind', 'login.locked').first())

    await forgetLimits((key) => key.includes('login-account-network:attempts'))
    for (let attempt = 0; attempt < 5; attempt++) await fail()
    const again = await fail()
    again.assertTextIncludes('Try again in 2 min.')
  })

  test('a burst sent at once gets no more attempts than one after the other', async ({ client, assert }) => {
    await createAdmin({ email: 'mira@example.org' })
    const responses = await Promise.all(
      Array.from({ length: 12 }, () =>
        new Visitor(client).post('/admin/login', { email: 'mira@example.org', password: 'wrong' })
      )
    )
    assert.equal(responses.filter((response) => response.status() === 422).length, 5)
    assert.equal(responses.filter((response) => response.status() === 429).length, 7)
  })

  test('blocks an address that tries many accounts', async ({ client, assert }) => {
    const statuses = []
    for (let attempt = 0; attempt < 31; attempt++) {
      const form = { email: `a${attempt}@example.org`, password: 'wrong' }
      const response = await new Visitor(client).post('/admin/login', form)
      statuses.push(response.status())
    }
    assert.equal(statuses.indexOf(429), 30)
  })

  test('a success forgets the failures of the account', async ({ client }) => {
    await createAdmin({ email: 'mira@example.org' })
    const log = (password: string) => new Visitor(client).post('/admin/login', { email: 'mira@example.org', password })
    for (const password of ['a', 'b', 'c', 'd', ADMIN_PASSWORD, 'e', 'f', 'g', 'h']) await log(password)
    const response = await log(ADMIN_PASSWORD)
    response.assertHeader('location', '/admin')
  })

  test('refuses a form without its token and keeps the password out of the session', async ({ client, assert }) => {
    const admin = await createAdmin()
    const response = await client
      .post('/admin/login')
      .form({ email: admin.email, password: ADMIN_PASSWORD })
      .header('referer', `http://127.0.0.1:${process.env.PORT}/admin/login`)
      .redirects(0)

    response.assertStatus(419)
    assert.notInclude(JSON.stringify(await db.from('sessions')), ADMIN_PASSWORD)
    assert.isNull(await db.from('admin_sessions').first())
  })

  test('logging out ends the session and removes it from the list', async ({ client, assert }) => {
    const admin = await createAdmin()
    const visitor = new Visitor(client)
    await visitor.post('/admin/login', { email: admin.email, password: ADMIN_PASSWORD })

    const response = await visitor.post('/admin/logout')
    response.assertHeader('location', '/admin/login')
    assert.isNull(await db.from('admin_sessions').whereNull('revoked_at').first())
    const page = await visitor.get('/admin')
    page.assertStatus(302)
  })

  test('never redirects to another host', async ({ client }) => {
    const admin = await createAdmin()
    const visitor = new Visitor(client)
    await visitor.get('/admin?next=//evil.example')
    const response = await visitor.post('/admin/login', { email: admin.email, password: ADMIN_PASSWORD })
    response.assertHeader('location', '/admin?next=//evil.example')
  })

  test('a field that is missing or absurd is a message, not an error', async ({ client, assert }) => {
    const response = await new Visitor(client).post('/admin/login', { email: ['a'], password: 'x'.repeat(5_000) })
    response.assertStatus(302)
    assert.notInclude(JSON.stringify(await db.from('sessions')), 'xxxxx')
  })
})
