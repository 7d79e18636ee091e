import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import limiter from '@adonisjs/limiter/services/main'
import Admin from '#staff/models/admin'
import { OpenSetup } from '#staff/actions/open_setup'
import { CreateAdmin } from '#staff/actions/create_admin'
import { CreateFirstOwner } from '#staff/actions/create_first_owner'
import { isSetupOpen } from '#staff/first_owner/setup_record'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'

const PASSWORD = 'tangerine velvet 7'

async function open() {
  const setup = await app.container.make(OpenSetup)
  return setup.handle()
}

async function submit(token: string, email = 'mira@example.org', ip = '10.0.0.1') {
  const create = await app.container.make(CreateFirstOwner)
  return create.handle({ token, email, fullName: 'Mira', password: PASSWORD, ip })
}

test.group('First owner', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    await limiter.clear()
  })

  test('the token from the console makes one owner and closes the page for ever', async ({ assert }) => {
    const token = await open()
    assert.containsSubset(await submit(token!), { ok: true })

    const owner = await Admin.findByOrFail('email', 'mira@example.org')
    assert.containsSubset(owner, { role: 'owner', mustChangePassword: false })
    assert.isFalse(await isSetupOpen())
    assert.containsSubset(await submit(token!, 'other@example.org'), { refusal: { code: 'setup_closed' } })

    await db.from('admins').delete()
    assert.isNull(await open())
  })

  test('two submissions at the same moment make one owner', async ({ assert }) => {
    const token = await open()
    const results = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => submit(token!, `${name}@example.org`, `10.0.0.${name.charCodeAt(0)}`))
    )
    assert.equal(results.filter(({ ok }) => ok).length, 1)
    assert.lengthOf(await Admin.all(), 1)
  })

  test('a wrong token is refused, reported and soon blocked', async ({ assert }) => {
    const token = await open()
    for (let attempt = 0; attempt < 10; attempt++) {
      assert.containsSubset(await submit('wrong'), { refusal: { code: 'setup_token_wrong' } })
    }
    assert.containsSubset(await submit(token!), { refusal: { code: 'setup_blocked' } })
    assert.lengthOf(await Admin.all(), 0)
    assert.exists(await db.from('security_events').where('kind', 'setup.refused').first())
  })

  test('a restart prints a new token and the old one is worth nothing; only hashes are stored', async ({ assert }) => {
    const [first, second] = [await open(), await open()]
    assert.notInclude(JSON.stringify(await db.from('first_owner_setup')), second!)
    assert.containsSubset(await submit(first!), { refusal: { code: 'setup_token_wrong' } })
    assert.containsSubset(await submit(second!), { ok: true })
  })

  test('a refused password leaves the page open', async ({ assert }) => {
    const token = await open()
    const create = await app.container.make(CreateFirstOwner)
    const weak = await create.handle({ token: token!, email: 'a@b.cd', fullName: 'A', password: 'short', ip: '::1' })
    assert.containsSubset(weak, { refusal: { code: 'password_short' } })
    assert.isTrue(await isSetupOpen())
  })

  test('an owner made by the command closes the page too, another role does not', async ({ assert }) => {
    await open()
    const create = await app.container.make(CreateAdmin)
    const operator = { type: 'operator' as const, id: null, name: 'root' }
    await create.handle({ email: 'a@example.org', fullName: 'A', role: 'support' }, operator)
    assert.isTrue(await isSetupOpen())
    await create.handle({ email: 'b@example.org', fullName: 'B', role: 'owner' }, operator)
    assert.isFalse(await isSetupOpen())
  })

  test('where an owner exists, no token is made', async ({ assert }) => {
    await createAdmin()
    assert.isNull(await open())
  })
})
