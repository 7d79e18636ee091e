import { test } from '@japa/runner'
import { StartCustomer } from '#customers/actions/start_customer'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { TestClock } from '#tests/support/test_clock'

test.group('StartCustomer', (group) => {
  const clock = new TestClock()
  const start = new StartCustomer(clock)

  group.each.setup(() => resetDatabase())

  const newcomer = () => CustomerFactory.merge({ startedAt: null }).create()

  test('given a code, when started first, then the referrer is bound', async ({ assert }) => {
    const referrer = await CustomerFactory.create()
    const customer = await newcomer()

    const outcome = await start.handle(customer.id, referrer.referralCode)

    assert.deepEqual(outcome, { first: true, referrerId: referrer.id })
    await customer.refresh()
    assert.equal(customer.referrerId, referrer.id)
    assert.equal(customer.startedAt, clock.now())
  })

  test('given a bound referrer, when started with another code, then the first stays', async ({ assert }) => {
    const [first, second] = await CustomerFactory.createMany(2)
    const customer = await newcomer()
    await start.handle(customer.id, first.referralCode)

    const outcome = await start.handle(customer.id, second.referralCode)

    assert.deepEqual(outcome, { first: false, referrerId: null })
    await customer.refresh()
    assert.equal(customer.referrerId, first.id)
  })

  test('given a start without a code, when started again with one, then none is bound', async ({ assert }) => {
    const referrer = await CustomerFactory.create()
    const customer = await newcomer()
    await start.handle(customer.id)
    await start.handle(customer.id, referrer.referralCode)
    await customer.refresh()
    assert.isNull(customer.referrerId)
  })

  test('given the own code, when started, then nobody is bound', async ({ assert }) => {
    const customer = await newcomer()
    await start.handle(customer.id, customer.referralCode)
    await customer.refresh()
    assert.isNull(customer.referrerId)
  })

  test('given two newcomers who invite each other, when both start, then only one is bound', async ({ assert }) => {
    const [one, two] = await CustomerFactory.merge({ startedAt: null }).createMany(2)
    await start.handle(one.id, two.referralCode)
    await start.handle(two.id, one.referralCode)
    await one.refresh()
    assert.equal(one.referrerId, two.id)
    await two.refresh()
    assert.isNull(two.referrerId)
  })

  test('given two newcomers who invite each other at once, when they race, then only one is bound', async ({
    assert,
  }) => {
    const [one, two] = await CustomerFactory.merge({ startedAt: null }).createMany(2)
    await Promise.all([start.handle(one.id, two.referralCode), start.handle(two.id, one.referralCode)])
    const bound = [await one.refresh(), await two.refresh()].filter(({ referrerId }) => referrerId !== null)
    assert.lengthOf(bound, 1)
  })

  test('given several first starts at once, when they race, then exactly one binds', async ({ assert }) => {
    const referrers = await CustomerFactory.createMany(6)
    const customer = await newcomer()

    const outcomes = await Promise.all(referrers.map(({ referralCode }) => start.handle(customer.id, referralCode)))

    const winners = outcomes.filter(({ first }) => first)
    assert.lengthOf(winners, 1)
    await customer.refresh()
    assert.equal(customer.referrerId, winners[0].referrerId)
  })

  test('refuses the code {$self}')
    .with(['', 'nobody99', "x' OR 1=1", 'ABC', 'a'.repeat(64)])
    .run(async ({ assert }, code) => {
      const customer = await newcomer()
      assert.deepEqual(await start.handle(customer.id, code), { first: true, referrerId: null })
    })

  test('given a banned referrer, when started, then nobody is bound', async ({ assert }) => {
    const referrer = await CustomerFactory.apply('banned').create()
    const customer = await newcomer()
    const { referrerId } = await start.handle(customer.id, referrer.referralCode)
    assert.isNull(referrerId)
  })
})
