import { test } from '@japa/runner'
import { ChangeLanguage } from '#customers/actions/change_language'
import { ChangeNewsSubscription } from '#customers/actions/change_news_subscription'
import { ChangeTimeZone } from '#customers/actions/change_time_zone'
import { NewsSubscriptionsQuery } from '#customers/queries/news_subscriptions_query'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { TestClock } from '#tests/support/test_clock'

test.group("A customer's preferences", (group) => {
  const clock = new TestClock()
  group.each.setup(() => resetDatabase())

  test('given a language, when chosen, then it is kept as a choice', async ({ assert }) => {
    const customer = await CustomerFactory.create()
    await new ChangeLanguage(clock).handle(customer.id, 'uk')
    await customer.refresh()
    assert.equal(customer.language, 'uk')
    assert.isTrue(customer.languageChosen)
  })

  test('given a language that we do not speak, when chosen, then it is refused', async ({ assert }) => {
    const customer = await CustomerFactory.create()
    const result = await new ChangeLanguage(clock).handle(customer.id, 'de')
    assert.deepInclude(result, { ok: false })
    await customer.refresh()
    assert.equal(customer.language, 'en')
  })

  test('given a time zone, when chosen and given up, then it is kept and forgotten', async ({ assert }) => {
    const customer = await CustomerFactory.create()
    const change = new ChangeTimeZone(clock)
    await change.handle(customer.id, 'Europe/Kyiv')
    await customer.refresh()
    assert.equal(customer.timeZone, 'Europe/Kyiv')
    await change.handle(customer.id, null)
    await customer.refresh()
    assert.isNull(customer.timeZone)
  })

  test('refuses the time zone {$self}')
    .with(['', 'Mars/Olympus', '+03:00', `Europe/${'x'.repeat(60)}`])
    .run(async ({ assert }, name) => {
      const customer = await CustomerFactory.create()
      assert.deepInclude(await new ChangeTimeZone(clock).handle(customer.id, name), { ok: false })
    })

  test('given an opt-out, when repeated and undone, then each category stands alone', async ({ assert }) => {
    const { id: customerId } = await CustomerFactory.create()
    const change = new ChangeNewsSubscription(clock)
    const subscribed = async () => {
      const subscriptions = await new NewsSubscriptionsQuery().run(customerId)
      return subscriptions.filter((one) => one.subscribed).map(({ category }) => category)
    }

    assert.deepEqual(await subscribed(), ['announcements', 'offers', 'events'])
    await Promise.all([1, 2, 3].map(() => change.handle({ customerId, category: 'offers', subscribed: false })))
    assert.deepEqual(await subscribed(), ['announcements', 'events'])
    await change.handle({ customerId, category: 'offers', subscribed: true })
    assert.deepEqual(await subscribed(), ['announcements', 'offers', 'events'])
    assert.deepInclude(await change.handle({ customerId, category: 'payments', subscribed: false }), { ok: false })
  })
})
