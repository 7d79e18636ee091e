import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { VerifyCredentials } from '#staff/actions/verify_credentials'
import { loginByAccount } from '#staff/login/login_limits'
import { resetDatabase } from '#tests/support/database'
import { forgetLimits } from '#tests/support/limits'
import { ADMIN_PASSWORD, createAdmin } from '#tests/support/staff'

const EMAIL = 'mira@example.org'

test.group('Login limits', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    await forgetLimits()
  })

  async function given() {
    await createAdmin({ email: EMAIL })
    const verify = await app.container.make(VerifyCredentials)
    const login = (ip: string, password = ADMIN_PASSWORD, email = EMAIL) => verify.handle({ email, password, ip })
    const fail = async (ip: string, times: number) => {
      for (let attempt = 0; attempt < times; attempt++) await login(ip, 'wrong')
    }
    return { login, fail }
  }

  test('given somebody who guesses, when the owner logs in from elsewhere, then nothing keeps them out', async ({
    assert,
  }) => {
    const { login, fail } = await given()
    await fail('203.0.113.7', 20)

    assert.containsSubset(await login('203.0.113.7'), { refusal: { code: 'login_blocked' } })
    assert.containsSubset(await login('198.51.100.1'), { ok: true })
  })

  test('given addresses of one IPv6 network, then they share the attempts', async ({ assert }) => {
    const { login, fail } = await given()
    for (let host = 1; host <= 5; host++) await fail(`2001:db8::${host}`, 1)

    assert.containsSubset(await login('2001:db8::beef'), { refusal: { code: 'login_blocked' } })
    assert.containsSubset(await login('2001:db8:0:1::1'), { ok: true })
  })

  test('given many accounts from one IPv6 network, then the network is blocked', async ({ assert }) => {
    const { login } = await given()
    for (let host = 1; host <= 30; host++) await login(`2001:db8::${host}`, 'wrong', `a${host}@example.org`)
    assert.containsSubset(await login('2001:db8::beef'), { refusal: { code: 'login_blocked' } })
  })

  test('given attempts from everywhere, then the account as a whole has a limit too', async ({ assert }) => {
    const { login } = await given()
    for (let attempt = 0; attempt < 200; attempt++) await loginByAccount.take(EMAIL)

    assert.containsSubset(await login('198.51.100.1'), { refusal: { code: 'login_blocked', params: { seconds: 60 } } })
    assert.exists(await db.from('security_events').where('kind', 'login.locked').first())
  })

  test('what a network is refused does not count against the account', async ({ assert }) => {
    const { login, fail } = await given()
    for (let attempt = 0; attempt < 190; attempt++) await loginByAccount.take(EMAIL)
    await fail('203.0.113.7', 25)
    assert.containsSubset(await login('198.51.100.1'), { ok: true })
  })
})
