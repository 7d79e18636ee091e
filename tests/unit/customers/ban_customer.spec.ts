import { test } from '@japa/runner'
import type { Actor } from '#core/contracts/audit'
import { BanCustomer } from '#customers/actions/ban_customer'
import { UnbanCustomer } from '#customers/actions/unban_customer'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { RecordingAudit } from '#tests/support/recording_audit'
import { TestClock } from '#tests/support/test_clock'

const actor: Actor = { type: 'admin', id: 7, name: 'Olena' }

test.group('Bans', (group) => {
  const clock = new TestClock()
  let audit: RecordingAudit
  let ban: BanCustomer
  let unban: UnbanCustomer

  group.each.setup(() => resetDatabase())
  group.each.setup(() => {
    audit = new RecordingAudit()
    ban = new BanCustomer(clock, audit)
    unban = new UnbanCustomer(clock, audit)
  })

  test('given a customer, when banned, then it is kept with its reason and audited', async ({ assert }) => {
    const customer = await CustomerFactory.create()

    const result = await ban.handle({ customerId: customer.id, reason: '  Fraud  ', actor })

    assert.isTrue(result.ok)
    await customer.refresh()
    assert.equal(customer.bannedAt, clock.now())
    assert.equal(customer.banReason, 'Fraud')
    assert.deepInclude(audit.entries[0], { actor, action: 'customer.banned', subjectId: customer.id })
    assert.deepEqual(audit.entries[0].after, { banned: true, reason: 'Fraud' })
  })

  test('given a banned customer, when unbanned, then nothing of the ban is left but the audit', async ({ assert }) => {
    const customer = await CustomerFactory.apply('banned').create()

    const result = await unban.handle({ customerId: customer.id, actor })

    assert.isTrue(result.ok)
    await customer.refresh()
    assert.isFalse(customer.isBanned)
    assert.isNull(customer.banReason)
    assert.deepEqual(audit.entries[0].before, { banned: true, reason: 'Spam' })
  })

  test('given two admins who ban at once, when both act, then one is refused', async ({ assert }) => {
    const customer = await CustomerFactory.create()
    const results = await Promise.all(
      ['first', 'second'].map((reason) => ban.handle({ customerId: customer.id, reason, actor }))
    )
    assert.sameMembers(
      results.map((result) => result.ok),
      [true, false]
    )
    assert.lengthOf(audit.entries, 1)
  })

  test('refuses what can not be done and records nothing', async ({ assert }) => {
    const customer = await CustomerFactory.create()
    const banned = await CustomerFactory.apply('banned').create()
    const code = async (attempt: ReturnType<BanCustomer['handle'] | UnbanCustomer['handle']>) => {
      const result = await attempt
      return result.ok ? null : result.refusal.code
    }

    assert.equal(await code(ban.handle({ customerId: customer.id, reason: ' \n', actor })), 'reason_required')
    assert.equal(await code(ban.handle({ customerId: customer.id, reason: 'x'.repeat(501), actor })), 'reason_too_long')
    assert.equal(await code(ban.handle({ customerId: 999, reason: 'x', actor })), 'customer_not_found')
    assert.equal(await code(ban.handle({ customerId: banned.id, reason: 'x', actor })), 'already_banned')
    assert.equal(await code(unban.handle({ customerId: customer.id, actor })), 'not_banned')
    assert.equal(await code(unban.handle({ customerId: 999, actor })), 'customer_not_found')
    assert.isEmpty(audit.entries)
  })
})
