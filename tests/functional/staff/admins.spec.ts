import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import limiter from '@adonisjs/limiter/services/main'
import type { Actor } from '#core/contracts/audit'
import { parseJson } from '#core/database/columns'
import Admin from '#staff/models/admin'
import { ChangePassword } from '#staff/actions/change_password'
import { CreateAdmin } from '#staff/actions/create_admin'
import { DisableAdmin } from '#staff/actions/disable_admin'
import { EnableAdmin } from '#staff/actions/enable_admin'
import { ResetAdminPassword } from '#staff/actions/reset_admin_password'
import { RevokeAdminSession } from '#staff/actions/revoke_admin_session'
import { RevokeOtherSessions } from '#staff/actions/revoke_other_sessions'
import { UpdateAdmin } from '#staff/actions/update_admin'
import { VerifyCredentials } from '#staff/actions/verify_credentials'
import { resetDatabase } from '#tests/support/database'
import { ADMIN_PASSWORD, createAdmin, sessionOf } from '#tests/support/staff'

const OPERATOR: Actor = { type: 'operator', id: null, name: 'root' }
const actorOf = (admin: Admin): Actor => ({ type: 'admin', id: admin.id, name: admin.fullName })
const openSessions = () => db.from('admin_sessions').whereNull('revoked_at').orderBy('id').select('id')

test.group('Admins', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    await limiter.clear()
  })

  test('a new admin gets a password that works once, and must choose an own one', async ({ assert }) => {
    const create = await app.container.make(CreateAdmin)
    const input = { email: ' Mira@Example.org', fullName: 'Mira', role: 'support' as const }
    const result = await create.handle(input, OPERATOR)
    if (!result.ok) throw new Error(result.refusal.code)

    const verify = await app.container.make(VerifyCredentials)
    const login = await verify.handle({
      email: 'mira@example.org',
      password: result.value.generatedPassword!,
      ip: '10.0.0.1',
    })
    assert.containsSubset(login, { ok: true, value: { mustChangePassword: true } })
    assert.containsSubset(await create.handle(input, OPERATOR), { refusal: { code: 'email_taken' } })
    const entry = await db.from('audit_entries').where('action', 'admin.created').firstOrFail()
    assert.deepEqual(parseJson(entry.after), { email: 'mira@example.org', fullName: 'Mira', role: 'support' })
  })

  test('the same address sent twice at once makes one admin', async ({ assert }) => {
    const create = await app.container.make(CreateAdmin)
    const input = { email: 'mira@example.org', fullName: 'Mira', role: 'support' as const }
    const results = await Promise.all([1, 2, 3].map(() => create.handle(input, OPERATOR)))
    assert.equal(results.filter(({ ok }) => ok).length, 1)
    assert.equal(results.filter((result) => !result.ok && result.refusal.code === 'email_taken').length, 2)
  })

  test('the last owner can be neither demoted nor disabled, not even by the operator', async ({ assert }) => {
    const owner = await createAdmin()
    const [update, disable] = [await app.container.make(UpdateAdmin), await app.container.make(DisableAdmin)]
    const change = { adminId: owner.id, fullName: 'x', role: 'manager' as const, actor: OPERATOR }
    assert.containsSubset(await update.handle(change), { refusal: { code: 'last_owner' } })
    assert.containsSubset(await disable.handle({ adminId: owner.id, actor: OPERATOR }), {
      refusal: { code: 'last_owner' },
    })
  })

  test('two owners who demote and disable each other at the same moment leave one', async ({ assert }) => {
    const [one, two] = [await createAdmin(), await createAdmin()]
    const [update, disable] = [await app.container.make(UpdateAdmin), await app.container.make(DisableAdmin)]
    const results = await Promise.all([
      update.handle({ adminId: one.id, fullName: 'x', role: 'manager', actor: actorOf(two) }),
      disable.handle({ adminId: two.id, actor: actorOf(one) }),
    ])
    assert.equal(results.filter(({ ok }) => ok).length, 1)
    assert.lengthOf(await Admin.query().where('role', 'owner').whereNull('disabled_at'), 1)
  })

  test('nobody changes their own role or disables themselves, and a name may change', async ({ assert }) => {
    const [one] = [await createAdmin(), await createAdmin()]
    const [update, disable] = [await app.container.make(UpdateAdmin), await app.container.make(DisableAdmin)]
    const change = { adminId: one.id, fullName: 'New name', actor: actorOf(one) }
    assert.containsSubset(await update.handle({ ...change, role: 'support' }), { refusal: { code: 'admin_own_role' } })
    assert.containsSubset(await update.handle({ ...change, role: 'owner' }), { ok: true })
    assert.containsSubset(await disable.handle({ adminId: one.id, actor: actorOf(one) }), {
      refusal: { code: 'admin_self' },
    })
    const entry = await db.from('audit_entries').where('action', 'admin.updated').firstOrFail()
    assert.containsSubset(parseJson(entry.after), { fullName: 'New name', role: 'owner' })
  })

  test('a disabled admin is out on all devices until enabled', async ({ assert }) => {
    const [owner, admin] = [await createAdmin(), await createAdmin({ role: 'support' })]
    await sessionOf(admin)
    await sessionOf(admin)
    const [disable, enable] = [await app.container.make(DisableAdmin), await app.container.make(EnableAdmin)]
    const target = { adminId: admin.id, actor: actorOf(owner) }

    assert.containsSubset(await disable.handle(target), { ok: true })
    assert.lengthOf(await openSessions(), 0)
    assert.containsSubset(await disable.handle(target), { refusal: { code: 'admin_disabled' } })
    assert.containsSubset(await enable.handle(target), { ok: true })
    assert.containsSubset(await enable.handle(target), { refusal: { code: 'admin_enabled' } })
  })

  test('changing the password asks for the old one and ends the other sessions', async ({ assert }) => {
    const admin = await createAdmin()
    const { admin_session_id: sessionId } = await sessionOf(admin)
    await sessionOf(admin)
    const change = await app.container.make(ChangePassword)
    const to = (next: string, current = ADMIN_PASSWORD) =>
      change.handle({ adminId: admin.id, current, next, sessionId: Number(sessionId), actor: actorOf(admin) })

    assert.containsSubset(await to('tangerine velvet 7', 'wrong'), { refusal: { code: 'password_wrong' } })
    assert.containsSubset(await to('short'), { refusal: { code: 'password_short' } })
    assert.containsSubset(await to(ADMIN_PASSWORD), { refusal: { code: 'password_same' } })
    assert.containsSubset(await to('tangerine velvet 7'), { ok: true, value: { sessions: 1 } })
    assert.sameDeepMembers(await openSessions(), [{ id: Number(sessionId) }])
    assert.notInclude(JSON.stringify(await db.from('audit_entries')), 'tangerine')
  })

  test('the current password can not be guessed through the form that asks for it', async ({ assert }) => {
    const admin = await createAdmin()
    const change = await app.container.make(ChangePassword)
    const guess = (current: string) =>
      change.handle({ adminId: admin.id, current, next: 'tangerine velvet 7', sessionId: 1, actor: actorOf(admin) })
    for (let attempt = 0; attempt < 10; attempt++) await guess('wrong')
    assert.containsSubset(await guess(ADMIN_PASSWORD), { refusal: { code: 'password_blocked' } })
  })

  test('an owner gives a new password: sessions end and a block is lifted', async ({ assert }) => {
    const [owner, admin] = [await createAdmin(), await createAdmin({ role: 'support' })]
    await sessionOf(admin)
    const verify = await app.container.make(VerifyCredentials)
    const login = (password: string) => verify.handle({ email: admin.email, password, ip: '10.0.0.9' })
    for (let attempt = 0; attempt < 6; attempt++) await login('wrong')

    const reset = await app.container.make(ResetAdminPassword)
    const result = await reset.handle({ adminId: admin.id, actor: actorOf(owner) })
    if (!result.ok) throw new Error(result.refusal.code)
    assert.lengthOf(await openSessions(), 0)
    assert.containsSubset(await login(result.value.generatedPassword), { ok: true })
  })

  test('one session or all others are ended, only of that admin', async ({ assert }) => {
    const [admin, other] = [await createAdmin(), await createAdmin()]
    const sessions = [await sessionOf(admin), await sessionOf(admin), await sessionOf(admin), await sessionOf(other)]
    const [first, second, , foreign] = sessions.map((session) => Number(session.admin_session_id))
    const revoke = await app.container.make(RevokeAdminSession)
    const revokeOthers = await app.container.make(RevokeOtherSessions)

    const target = { adminId: admin.id, actor: actorOf(admin) }
    assert.containsSubset(await revoke.handle({ ...target, sessionId: foreign }), {
      refusal: { code: 'session_not_found' },
    })
    assert.containsSubset(await revoke.handle({ ...target, sessionId: second }), { ok: true })
    assert.equal(await revokeOthers.handle({ ...target, keep: first }), 1)
    assert.sameDeepMembers(await openSessions(), [{ id: first }, { id: foreign }])
  })
})
