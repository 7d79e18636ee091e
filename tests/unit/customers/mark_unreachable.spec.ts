import { test } from '@japa/runner'
import { transaction } from '#core/database/transaction'
import { MarkUnreachable } from '#customers/actions/mark_unreachable'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { MINUTE, TestClock } from '#tests/support/test_clock'

const reason = 'Forbidden: bot was blocked by the user'

test.group('MarkUnreachable', (group) => {
  const clock = new TestClock()
  const mark = new MarkUnreachable(clock)

  group.each.setup(() => resetDatabase())

  test('given a refused delivery, when marked twice, then the first counts', async ({ assert }) => {
    const customer = await CustomerFactory.create()

    assert.isTrue(await mark.handle({ customerId: customer.id, reason }))
    assert.isFalse(await mark.handle({ customerId: customer.id, reason: 'another' }))

    await customer.refresh()
    assert.equal(customer.unreachableAt, clock.now())
    assert.equal(customer.unreachableReason, reason)
  })

  test('given a customer who wrote after the attempt, when marked, then they stay reachable', async ({ assert }) => {
    const customer = await CustomerFactory.merge({ lastActiveAt: clock.now() - MINUTE }).create()
    const attemptedAt = clock.now() - 2 * MINUTE

    assert.isFalse(await mark.handle({ customerId: customer.id, reason, attemptedAt }))
    await customer.refresh()
    assert.isFalse(customer.isUnreachable)
  })

  test('given a transaction of the caller, when it rolls back, then nothing is marked', async ({ assert }) => {
    const customer = await CustomerFactory.create()
    await assert.rejects(() =>
      transaction(async (trx) => {
        assert.isTrue(await mark.handle({ customerId: customer.id, reason }, trx))
        throw new Error('late')
      })
    )
    await customer.refresh()
    assert.isFalse(customer.isUnreachable)
  })
})
