import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { ResetBreaker } from '#payments/actions/reset_breaker'
import { ProviderBreaker } from '#payments/providers/provider_breaker'
import { ProviderDown, ProviderRefusal, ProviderUnreachable } from '#payments/providers/provider_errors'
import { BreakerWatch } from '#payments/watch/breaker_watch'
import { createInvoice, givenCustomer, givenPayments } from '#tests/support/payments/given'
import { resetDatabase } from '#tests/support/database'
import { TestClock } from '#tests/support/test_clock'

const fault = () => Promise.reject(new ProviderUnreachable('p', 'timeout'))
const once = { repeatable: false }

/** Runs calls that may fail, and names how each ended. */
async function outcomes(breaker: ProviderBreaker, calls: Array<() => Promise<unknown>>, options = once) {
  const ended: string[] = []
  for (const call of calls) {
    ended.push(
      await breaker.run(call, options).then(
        () => 'ok',
        (error: Error) => error.name
      )
    )
  }
  return ended
}

const times = <T>(count: number, one: T) => Array.from({ length: count }, () => one)

test.group('Circuit breaker', (group) => {
  group.each.setup(() => resetDatabase())

  test('given four failures and a success, when four more fail, then it stays closed', async ({ assert }) => {
    const breaker = new ProviderBreaker('p', new TestClock())
    await outcomes(breaker, [...times(4, fault), async () => 1, ...times(4, fault)])
    assert.equal(breaker.state, 'closed')
  })

  test('given five failures in a row, when it is called, then nobody is asked', async ({ assert }) => {
    const breaker = new ProviderBreaker('p', new TestClock())
    await outcomes(breaker, times(5, fault))
    assert.equal(breaker.state, 'open')
    assert.isTrue(breaker.isDown)
    let asked = 0
    await assert.rejects(() => breaker.run(async () => asked++, once), ProviderDown as any)
    assert.equal(asked, 0)
  })

  test('given a plain refusal, when it comes often, then it is an answer and no failure', async ({ assert }) => {
    const breaker = new ProviderBreaker('p', new TestClock())
    const refusal = () => Promise.reject(new ProviderRefusal('p', 'AMOUNT_TOO_SMALL'))
    await outcomes(breaker, times(10, refusal))
    assert.equal(breaker.state, 'closed')
  })

  test('given its time is over, when three probes succeed, then it closes; when one fails, it opens again', async ({
    assert,
  }) => {
    const breaker = new ProviderBreaker('p', new TestClock(), { openMs: 0 })
    await outcomes(breaker, times(5, fault))
    await outcomes(breaker, [async () => 1])
    assert.equal(breaker.state, 'half_open')
    await outcomes(breaker, [async () => 1])
    assert.equal(breaker.state, 'half_open')
    await outcomes(breaker, [async () => 1])
    assert.equal(breaker.state, 'closed')

    await outcomes(breaker, [...times(5, fault), async () => 1, fault])
    await outcomes(breaker, [fault])
    assert.equal(breaker.state, 'open')
  })

  test('a call that is safe to repeat is tried three times, any other once', async ({ assert }) => {
    const breaker = new ProviderBreaker('p', new TestClock(), { retryDelayMs: 1 })
    let calls = 0
    const failing = () => (calls++, fault())
    await outcomes(breaker, [failing], { repeatable: true })
    assert.equal(calls, 3)
    await outcomes(breaker, [failing], once)
    assert.equal(calls, 4)
  })

  test('given an open breaker, when somebody resets it elsewhere, then it closes here', async ({ assert, cleanup }) => {
    const { providers, clock, restore } = givenPayments()
    cleanup(restore)
    const { breaker } = providers.get('crypto_pay')
    await outcomes(breaker, times(5, fault))
    const customer = await givenCustomer()
    const refused = await createInvoice(customer.id)
    assert.equal(refused.ok ? null : refused.refusal.code, 'provider_down')

    const watch = await app.container.make(BreakerWatch)
    await watch.takeResets()
    assert.equal(breaker.state, 'open')
    clock.advance(1000)
    const reset = await app.container.make(ResetBreaker)
    await reset.handle({ provider: 'crypto_pay', actor: { type: 'operator', id: null, name: 'root' } })
    assert.equal(breaker.state, 'closed')

    await outcomes(breaker, times(5, fault))
    await watch.takeResets()
    assert.equal(breaker.state, 'closed')
    clock.advance(1000)
    await outcomes(breaker, times(5, fault))
    await watch.takeResets()
    assert.equal(breaker.state, 'open')
  })
})
