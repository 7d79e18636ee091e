import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import limiter from '@adonisjs/limiter/services/main'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { SecurityEvents } from '#core/contracts/security_events'
import Admin from '#staff/models/admin'
import { requireTwoFactor } from '#staff/settings'
import { totpCode } from '#staff/two_factor/totp'
import { TotpSecrets } from '#staff/two_factor/totp_secrets'
import { ConfirmTwoFactor } from '#staff/actions/confirm_two_factor'
import { DisableTwoFactor } from '#staff/actions/disable_two_factor'
import { RegenerateRecoveryCodes } from '#staff/actions/regenerate_recovery_codes'
import { ResetTwoFactor } from '#staff/actions/reset_two_factor'
import { StartTwoFactor } from '#staff/actions/start_two_factor'
import { VerifySecondFactor } from '#staff/actions/verify_second_factor'
import { resetDatabase } from '#tests/support/database'
import { ADMIN_PASSWORD, createAdmin, sessionOf } from '#tests/support/staff'
import { enrolTwoFactor } from '#tests/support/two_factor'
import { TestClock } from '#tests/support/test_clock'

const IP = '10.0.0.1'
const actorOf = (admin: Admin) => ({ type: 'admin' as const, id: admin.id, name: admin.fullName })

async function verifierAt(clock: TestClock) {
  const secrets = await app.container.make(TotpSecrets)
  return new VerifySecondFactor(clock, secrets, await app.container.make(SecurityEvents))
}

test.group('Second factor', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    await limiter.clear()
  })

  test('nothing is asked for before a code has confirmed the secret', async ({ assert }) => {
    const admin = await createAdmin()
    const [start, confirm] = [await app.container.make(StartTwoFactor), await app.container.make(ConfirmTwoFactor)]
    await start.handle(admin.id)
    await admin.refresh()
    assert.isFalse(admin.hasTwoFactor)

    const wrong = await confirm.handle({ adminId: admin.id, code: '000000', actor: actorOf(admin) })
    assert.containsSubset(wrong, { refusal: { code: 'second_factor_invalid' } })
    await admin.refresh()
    assert.isFalse(admin.hasTwoFactor)
  })

  test('the secret is encrypted for its admin alone', async ({ assert }) => {
    const [admin, other] = [await createAdmin(), await createAdmin()]
    const { secret } = await enrolTwoFactor(admin)
    assert.notInclude(admin.twoFactorSecret!, secret)

    const secrets = new TotpSecrets(await app.container.make(KeyWrapper))
    assert.equal(secrets.open(admin), secret)
    other.twoFactorSecret = admin.twoFactorSecret
    assert.throws(() => secrets.open(other), /damaged or belongs to another place/)
  })

  test('a code opens once: not again, and no older one after it', async ({ assert }) => {
    const admin = await createAdmin()
    const { secret } = await enrolTwoFactor(admin)
    const clock = new TestClock(Date.now() + 600_000)
    const verify = await verifierAt(clock)
    const use = (offset: number) =>
      verify.handle({ adminId: admin.id, code: totpCode(secret, clock.now() + offset), ip: IP })

    assert.containsSubset(await use(0), { ok: true })
    assert.containsSubset(await use(0), { refusal: { code: 'second_factor_invalid' } })
    assert.containsSubset(await use(-30_000), { refusal: { code: 'second_factor_invalid' } })
    assert.containsSubset(await use(30_000), { ok: true })
  })

  test('of many logins that send one code at the same moment, one gets in', async ({ assert }) => {
    const admin = await createAdmin()
    const { secret } = await enrolTwoFactor(admin)
    const clock = new TestClock(Date.now() + 600_000)
    const verify = await verifierAt(clock)
    const code = totpCode(secret, clock.now())

    const results = await Promise.all(
      Array.from({ length: 5 }, () => verify.handle({ adminId: admin.id, code, ip: IP }))
    )
    assert.equal(results.filter(({ ok }) => ok).length, 1)
  })

  test('a recovery code works once, typed in any way, also when sent twice at once', async ({ assert }) => {
    const admin = await createAdmin()
    const { recoveryCodes } = await enrolTwoFactor(admin)
    assert.lengthOf(new Set(recoveryCodes) as any, 10)
    const verify = await app.container.make(VerifySecondFactor)
    const use = (code: string) => verify.handle({ adminId: admin.id, code, ip: IP })

    assert.containsSubset(await use(recoveryCodes[0].toLowerCase().replaceAll('-', ' ')), {
      ok: true,
      value: { recovered: true },
    })
    assert.containsSubset(await use(recoveryCodes[0]), { refusal: { code: 'second_factor_invalid' } })

    const twice = await Promise.all([use(recoveryCodes[1]), use(recoveryCodes[1])])
    assert.equal(twice.filter(({ ok }) => ok).length, 1)
    assert.notInclude(JSON.stringify(await db.from('admin_recovery_codes')), recoveryCodes[2].replaceAll('-', ''))
  })

  test('codes can not be guessed: five attempts, then a wait, also for the right one', async ({ assert }) => {
    const admin = await createAdmin()
    const { code } = await enrolTwoFactor(admin)
    const verify = await app.container.make(VerifySecondFactor)
    for (let attempt = 0; attempt < 5; attempt++) {
      assert.containsSubset(await verify.handle({ adminId: admin.id, code: '000000', ip: IP }), { ok: false })
    }
    const blocked = await verify.handle({ adminId: admin.id, code: code(), ip: IP })
    assert.containsSubset(blocked, { refusal: { code: 'second_factor_blocked', params: { seconds: 300 } } })
    assert.exists(await db.from('security_events').where({ kind: 'two_factor.locked', admin_id: admin.id }).first())
  })

  test('is switched off with the password only, and not where it is required', async ({ assert }) => {
    const admin = await createAdmin({ role: 'finance' })
    await enrolTwoFactor(admin)
    const disable = await app.container.make(DisableTwoFactor)
    const off = (password: string) => disable.handle({ adminId: admin.id, password, actor: actorOf(admin) })

    assert.containsSubset(await off('wrong'), { refusal: { code: 'password_wrong' } })
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, requireTwoFactor, true))
    assert.containsSubset(await off(ADMIN_PASSWORD), { refusal: { code: 'two_factor_required' } })

    await transaction((trx) => settings.set(trx, requireTwoFactor, false))
    assert.containsSubset(await off(ADMIN_PASSWORD), { ok: true })
    assert.isNull(await db.from('admin_recovery_codes').first())
    assert.containsSubset(await Admin.findOrFail(admin.id), { twoFactorSecret: null, twoFactorEnabledAt: null })
  })

  test('new recovery codes take the place of the old ones', async ({ assert }) => {
    const admin = await createAdmin()
    const { recoveryCodes } = await enrolTwoFactor(admin)
    const regenerate = await app.container.make(RegenerateRecoveryCodes)
    const result = await regenerate.handle({ adminId: admin.id, password: ADMIN_PASSWORD, actor: actorOf(admin) })
    if (!result.ok) throw new Error(result.refusal.code)

    const verify = await app.container.make(VerifySecondFactor)
    const use = (code: string) => verify.handle({ adminId: admin.id, code, ip: IP })
    assert.containsSubset(await use(recoveryCodes[0]), { ok: false })
    assert.containsSubset(await use(result.value[0]), { ok: true })
  })

  test('an owner resets it for another admin, whose sessions end; audited without a secret', async ({ assert }) => {
    const [owner, admin] = [await createAdmin(), await createAdmin({ role: 'support' })]
    const { secret } = await enrolTwoFactor(admin)
    await sessionOf(admin)
    const reset = await app.container.make(ResetTwoFactor)

    assert.containsSubset(await reset.handle({ adminId: owner.id, actor: actorOf(owner) }), {
      refusal: { code: 'admin_self' },
    })
    assert.containsSubset(await reset.handle({ adminId: admin.id, actor: actorOf(owner) }), { ok: true })
    await admin.refresh()
    assert.isFalse(admin.hasTwoFactor)
    assert.isNull(await db.from('admin_sessions').whereNull('revoked_at').first())
    const entry = await db.from('audit_entries').where('action', 'admin.two_factor_reset').firstOrFail()
    assert.containsSubset(entry, { actor_id: owner.id, subject_id: String(admin.id) })
    assert.notInclude(JSON.stringify(await db.from('audit_entries')), secret)
  })
})
