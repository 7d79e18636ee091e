import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import limiter from '@adonisjs/limiter/services/main'
import { OpenSetup } from '#staff/actions/open_setup'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const PASSWORD = 'tangerine velvet 7'

async function open(): Promise<string> {
  const setup = await app.container.make(OpenSetup)
  const token = await setup.handle()
  return token!
}

const form = (token: string, changes = {}) => ({
  token,
  name: 'Mira',
  email: 'mira@example.org',
  password: PASSWORD,
  password_confirmation: PASSWORD,
  ...changes,
})

test.group('First-run page', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    await limiter.clear()
  })

  test('a fresh panel leads there, and the new owner can log in', async ({ client }) => {
    const token = await open()
    const visitor = new Visitor(client)
    const login = await visitor.get('/admin/login')
    login.assertHeader('location', '/admin/setup')
    const page = await visitor.get('/admin/setup')
    page.assertTextIncludes('The first owner')

    const created = await visitor.post('/admin/setup', form(token))
    created.assertHeader('location', '/admin/login')
    const done = await visitor.get('/admin/login')
    done.assertTextIncludes('The account is ready')
    const panel = await visitor.post('/admin/login', { email: 'mira@example.org', password: PASSWORD })
    panel.assertHeader('location', '/admin')
  })

  test('a wrong token or a weak password is told and makes nobody', async ({ client, assert }) => {
    const token = await open()
    const visitor = new Visitor(client)
    const wrong = await visitor.post('/admin/setup', form('guess'))
    wrong.assertStatus(422)
    wrong.assertTextIncludes('This is not the token that the console shows.')
    const weak = await visitor.post('/admin/setup', form(token, { password: 'short', password_confirmation: 'short' }))
    weak.assertTextIncludes('Use at least 12 characters')
    assert.notInclude(weak.text(), token)
    assert.notInclude(JSON.stringify(await db.from('sessions')), token)
    assert.isNull(await db.from('admins').first())
  })

  test('is closed as soon as there is an owner, also for whoever has the token', async ({ client, assert }) => {
    const token = await open()
    await new Visitor(client).post('/admin/setup', form(token))
    const visitor = new Visitor(client)
    const page = await visitor.get('/admin/setup')
    page.assertHeader('location', '/admin/login')
    await visitor.post('/admin/setup', form(token, { email: 'other@example.org' }))
    assert.lengthOf(await db.from('admins'), 1)
  })

  test('two forms sent at the same moment make one owner', async ({ client, assert }) => {
    const token = await open()
    await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        new Visitor(client).post('/admin/setup', form(token, { email: `${name}@example.org` }))
      )
    )
    assert.lengthOf(await db.from('admins'), 1)
  })

  test('was never open where an owner existed before', async ({ client }) => {
    await createAdmin()
    const response = await new Visitor(client).get('/admin/setup')
    response.assertHeader('location', '/admin/login')
  })
})
