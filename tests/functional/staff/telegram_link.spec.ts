import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import limiter from '@adonisjs/limiter/services/main'
import { Audit } from '#core/contracts/audit'
import { SecurityEvents } from '#core/contracts/security_events'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import Admin from '#staff/models/admin'
import { CreateLinkCode, LINK_CODE_LIFE_MS } from '#staff/actions/create_link_code'
import { LinkAdminTelegram } from '#staff/actions/link_admin_telegram'
import { UnlinkAdminTelegram } from '#staff/actions/unlink_admin_telegram'
import { ResetAdminPassword } from '#staff/actions/reset_admin_password'
import { ResetTwoFactor } from '#staff/actions/reset_two_factor'
import { ConfirmPassword } from '#staff/passwords/confirm_password'
import { requireTwoFactor } from '#staff/settings'
import { AdminByTelegramQuery } from '#staff/queries/admin_by_telegram_query'
import { resetDatabase } from '#tests/support/database'
import { ADMIN_PASSWORD, createAdmin } from '#tests/support/staff'
import { TestClock } from '#tests/support/test_clock'

async function setUp() {
  const clock = new TestClock()
  const audit = await app.container.make(Audit)
  const events = await app.container.make(SecurityEvents)
  const link = new LinkAdminTelegram(clock, audit, events)
  const make = new CreateLinkCode(clock, await app.container.make(ConfirmPassword))
  const byTelegram = await app.container.make(AdminByTelegramQuery)
  const codeOf = async (admin: Admin) => {
    const created = await make.handle({ adminId: admin.id, password: ADMIN_PASSWORD })
    if (!created.ok) throw new Error(`No code was made: ${created.refusal.code}`)
    return created.value.code
  }
  return { clock, audit, link, make, codeOf, byTelegram }
}

test.group('Telegram link', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    await limiter.clear()
  })

  test('a code links the account that sends it, however it is typed, and works once', async ({ assert }) => {
    const { link, codeOf, byTelegram } = await setUp()
    const admin = await createAdmin()
    const code = await codeOf(admin)
    assert.match(code, /^[0-9A-HJKMNP-TV-Z]{8}$/)

    const typed = ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `
    assert.containsSubset(await link.handle({ code: typed, telegramId: 42 }), { ok: true })

    assert.containsSubset(await byTelegram.handle(42), { id: admin.id })
    assert.containsSubset(await link.handle({ code, telegramId: 43 }), { refusal: { code: 'code_invalid' } })
    assert.exists(await db.from('audit_entries').where('action', 'admin.telegram_linked').first())
  })

  test('is stored as a hash only', async ({ assert }) => {
    const { codeOf } = await setUp()
    const code = await codeOf(await createAdmin())
    assert.notInclude(JSON.stringify(await db.from('admin_link_codes')), code)
  })

  test('a code is over after ten minutes, and when a newer one is made', async ({ assert }) => {
    const { clock, link, codeOf } = await setUp()
    const admin = await createAdmin()
    const first = await codeOf(admin)
    const second = await codeOf(admin)
    assert.containsSubset(await link.handle({ code: first, telegramId: 42 }), {
      refusal: { code: 'code_invalid' },
    })

    clock.advance(LINK_CODE_LIFE_MS)
    assert.containsSubset(await link.handle({ code: second, telegramId: 42 }), {
      refusal: { code: 'code_invalid' },
    })
  })

  test('two accounts that send one code at once: one is linked', async ({ assert }) => {
    const { link, codeOf } = await setUp()
    const code = await codeOf(await createAdmin())
    const results = await Promise.all([42, 43, 44].map((telegramId) => link.handle({ code, telegramId })))
    assert.equal(results.filter(({ ok }) => ok).length, 1)
  })

  test('an account belongs to one admin, and a disabled admin links nothing', async ({ assert }) => {
    const { link, codeOf } = await setUp()
    const [admin, other, disabled] = [await createAdmin(), await createAdmin(), await createAdmin()]
    await link.handle({ code: await codeOf(admin), telegramId: 42 })

    const taken = await link.handle({ code: await codeOf(other), telegramId: 42 })
    assert.containsSubset(taken, { refusal: { code: 'telegram_taken' } })

    const code = await codeOf(disabled)
    await db.from('admins').where('id', disabled.id).update({ disabled_at: 1 })
    assert.containsSubset(await link.handle({ code, telegramId: 77 }), { refusal: { code: 'code_invalid' } })
  })

  test('guessing is stopped after five attempts and reported', async ({ assert }) => {
    const { link, codeOf } = await setUp()
    const code = await codeOf(await createAdmin())
    for (let attempt = 0; attempt < 5; attempt++) await link.handle({ code: `WRONG00${attempt}`, telegramId: 42 })

    const stopped = await link.handle({ code, telegramId: 42 })
    assert.containsSubset(stopped, { ok: false, refusal: { code: 'too_many_attempts' } })
    assert.containsSubset(await link.handle({ code, telegramId: 43 }), { ok: true })
    assert.containsSubset(await db.from('security_events').first(), { kind: 'link_code.refused', count: 5 })
  })

  test('no code is made without the password', async ({ assert }) => {
    const { make } = await setUp()
    const { id: adminId } = await createAdmin()
    assert.containsSubset(await make.handle({ adminId, password: 'wrong' }), { refusal: { code: 'password_wrong' } })
    assert.isNull(await db.from('admin_link_codes').first())
  })

  test('a linked account is worth nothing until the panel account is complete', async ({ assert }) => {
    const { byTelegram } = await setUp()
    const admin = await createAdmin()
    await admin.merge({ telegramId: 42, mustChangePassword: true }).save()
    assert.isNull(await byTelegram.handle(42))

    await admin.merge({ mustChangePassword: false }).save()
    assert.exists(await byTelegram.handle(42))

    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, requireTwoFactor, true))
    assert.isNull(await byTelegram.handle(42))
    await admin.merge({ twoFactorEnabledAt: 1 }).save()
    assert.exists(await byTelegram.handle(42))
  })

  for (const Reset of [ResetAdminPassword, ResetTwoFactor]) {
    test(`${Reset.name} unlinks the account and takes back an unused code`, async ({ assert }) => {
      const { codeOf, link } = await setUp()
      const [admin, other] = [await createAdmin(), await createAdmin()]
      await admin.merge({ telegramId: 42, twoFactorEnabledAt: 1 }).save()
      const code = await codeOf(admin)
      const reset = await app.container.make(Reset)
      const actor = { type: 'admin' as const, id: other.id, name: 'x' }

      assert.containsSubset(await reset.handle({ adminId: admin.id, actor }), { ok: true })
      assert.containsSubset(await Admin.findOrFail(admin.id), { telegramId: null })
      const entry = await db.from('audit_entries').where('action', 'admin.telegram_unlinked').firstOrFail()
      assert.containsSubset(entry, { subject_id: String(admin.id), actor_id: other.id })
      assert.containsSubset(await link.handle({ code, telegramId: 43 }), { refusal: { code: 'code_invalid' } })
    })
  }

  test('an admin unlinks', async ({ assert }) => {
    const { clock, audit } = await setUp()
    const admin = await createAdmin()
    await admin.merge({ telegramId: 42 }).save()
    const unlink = new UnlinkAdminTelegram(clock, audit)
    const actor = { type: 'admin' as const, id: admin.id, name: 'x' }

    assert.containsSubset(await unlink.handle({ adminId: admin.id, actor }), { ok: true })
    assert.containsSubset(await Admin.findOrFail(admin.id), { telegramId: null })
    assert.containsSubset(await unlink.handle({ adminId: admin.id, actor }), {
      refusal: { code: 'telegram_not_linked' },
    })
  })
})
