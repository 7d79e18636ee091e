import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { BanCustomer } from '#customers/actions/ban_customer'
import { BuyFromBalance } from '#stars/actions/buy_from_balance'
import { SchedulePrice } from '#stars/actions/schedule_price'
import StarOrder from '#stars/models/star_order'
import { isPriceChanged } from '#stars/pricing/quote'
import { balancePurchases, basePrice, bonusFromBalance, starsEnabled } from '#stars/settings'
import { ADMIN, money, StarsWorld, valueOf } from '#tests/support/stars/world'

test.group('Buying Stars from the balance', (group) => {
  const world = new StarsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('takes the money, owes the Stars, tells the customer and wakes the delivery at once', async ({ assert }) => {
    const customer = await world.customer({ ton: '150' })
    const order = await world.bought(customer, { choice: { stars: 100 } })

    assert.containSubset(order.serialize(), {
      status: 'paid',
      stars: 100,
      bonus: 0,
      payWith: 'balance',
      currency: 'TON',
    })
    assert.match(order.reference, /^[0-9A-Z]{10}$/)
    assert.equal(String(order.total), '100.000000000 TON')
    assert.equal(String(await world.balance(customer)), '50.000000000 TON')
    assert.equal(String(await world.revenue()), '100.000000000 TON')
    assert.deepEqual(await world.stars(), { inventory: -100, owed: 100, delivered: 0 })
    assert.deepEqual(await world.events(order), ['created', 'paid'])
    assert.deepEqual(await world.told(customer), ['send star_order_paid'])
    const jobs = await db.from('queue_jobs').select('data')
    assert.lengthOf(
      jobs.filter(({ data }) => String(data).includes('stars.deliver_order')),
      1
    )
  })

  test('costs Stars x base price; the bonus comes along only where the operator gives it', async ({ assert }) => {
    await world.set(basePrice, '0.5')
    const customer = await world.customer()
    const { id: packageId } = await world.package()

    const without = await world.bought(customer, { choice: { packageId } })
    await world.set(bonusFromBalance, true)
    const withBonus = await world.bought(customer, { choice: { packageId } })

    assert.deepEqual([String(without.total), without.bonus], ['50.000000000 TON', 0])
    assert.deepEqual([String(withBonus.total), withBonus.bonus], ['50.000000000 TON', 10])
  })

  test('a second click makes no second order', async ({ assert }) => {
    const customer = await world.customer({ ton: '1000' })
    const input = await world.purchase(customer, { key: 'stars:nonce' })
    const action = await world.make(BuyFromBalance)

    const orders = await Promise.all([action.handle(input), action.handle(input), action.handle(input)])

    assert.lengthOf([...new Set(orders.map((order) => valueOf(order).id))], 1)
    assert.lengthOf(await StarOrder.all(), 1)
    assert.equal(String(await world.balance(customer)), '900.000000000 TON')
  })

  test('a key means one purchase', async ({ assert }) => {
    const customer = await world.customer()
    await world.bought(customer, { key: 'stars:nonce', choice: { stars: 100 } })
    const other = await world.buy(customer, { key: 'stars:nonce', choice: { stars: 200 } })
    const stranger = await world.buy(await world.customer(), { key: 'stars:nonce', choice: { stars: 100 } })
    assert.containSubset(other, { ok: false, refusal: { code: 'idempotency_conflict' } })
    assert.containSubset(stranger, { ok: false, refusal: { code: 'idempotency_conflict' } })
  })

  test('the last TON are spent once', async ({ assert }) => {
    const customer = await world.customer({ ton: '100' })
    const results = await Promise.all([1, 2, 3].map(() => world.buy(customer, { choice: { stars: 100 } })))

    assert.lengthOf(
      results.filter(({ ok }) => ok),
      1
    )
    assert.equal(String(await world.balance(customer)), '0.000000000 TON')
    assert.lengthOf(await StarOrder.all(), 1)
  })

  test('a price that moved since it was shown is asked again, with the new one', async ({ assert }) => {
    const customer = await world.customer()
    const input = await world.purchase(customer)
    await world.set(basePrice, '2')
    const action = await world.make(BuyFromBalance)
    const refused = await action.handle(input)

    assert.containSubset(refused, { ok: false, refusal: { code: 'price_changed', quote: { stars: 100 } } })
    if (refused.ok || !isPriceChanged(refused.refusal)) throw new Error('No quote came along')
    assert.equal(String(refused.refusal.quote.price), '200.000000000 TON')
    const again = await action.handle({ ...input, quoteVersion: refused.refusal.quote.version })
    assert.equal(String(valueOf(again).total), '200.000000000 TON')
  })

  test('an order keeps the price it was made at', async ({ assert }) => {
    const customer = await world.customer()
    const { id: packageId } = await world.package()
    const { order } = valueOf(await world.buyByInvoice(customer, { choice: { packageId } }))
    const schedule = await world.make(SchedulePrice)
    valueOf(await schedule.handle({ packageId, currency: 'TON', price: money('120'), validFrom: null, actor: ADMIN }))

    await order.refresh()
    assert.equal(String(order.total), '95.000000000 TON')
  })

  test('Stars go to another username, however it is written')
    .with(['@Bob_1', 'Bob_1', 'https://t.me/Bob_1', 't.me/Bob_1', ' @Bob_1 '])
    .run(async ({ assert }, username) => {
      const customer = await world.customer()
      const order = await world.bought(customer, { recipient: { kind: 'username', username } })
      assert.deepEqual([order.recipientKind, order.recipientUsername], ['username', 'Bob_1'])
    })

  test('refuses the username {username}')
    .with([
      { username: '', code: 'invalid_username' },
      { username: '@ab', code: 'invalid_username' },
      { username: 'two words', code: 'invalid_username' },
      { username: '1digit', code: 'invalid_username' },
      { username: 'double__underscore', code: 'invalid_username' },
      { username: 'ends_', code: 'invalid_username' },
      { username: 'х'.repeat(8), code: 'invalid_username' },
      { username: 'a'.repeat(33), code: 'invalid_username' },
      { username: '@some_bot', code: 'username_of_bot' },
    ])
    .run(async ({ assert }, { username, code }) => {
      const refused = await world.buy(await world.customer(), { recipient: { kind: 'username', username } })
      assert.containSubset(refused, { ok: false, refusal: { code } })
      assert.lengthOf(await StarOrder.all(), 0)
    })

  test('refuses {stars} Stars')
    .with([0, -1, 1.5, 10_001, Number.NaN, Number.MAX_SAFE_INTEGER].map((stars) => ({ stars })))
    .run(async ({ assert }, { stars }) => {
      const customer = await world.customer()
      const refused = await world.buy(customer, { choice: { stars }, quoteVersion: 'whatever' })
      assert.containSubset(refused, {
        ok: false,
        refusal: { code: 'stars_out_of_range', params: { min: 1, max: 10_000 } },
      })
      assert.equal(String(await world.balance(customer)), '10000.000000000 TON')
    })

  test('takes nothing where something is not as it should be', async ({ assert }) => {
    const customer = await world.customer({ ton: '50' })
    const { id: packageId } = await world.package({ isActive: false })
    const codeOf = (result: Awaited<ReturnType<typeof world.buy>>) => (result.ok ? 'ok' : result.refusal.code)
    const anything = { quoteVersion: 'whatever' }

    assert.equal(codeOf(await world.buy(customer, { choice: { stars: 100 } })), 'insufficient_funds')
    assert.equal(codeOf(await world.buy(customer, { ...anything, choice: { packageId: 999 } })), 'package_not_found')
    assert.equal(codeOf(await world.buy(customer, { ...anything, choice: { packageId } })), 'package_not_offered')
    await world.set(balancePurchases, false)
    assert.equal(codeOf(await world.buy(customer, anything)), 'balance_purchases_off')
    await world.set(starsEnabled, false)
    assert.equal(codeOf(await world.buy(customer, anything)), 'stars_off')
    assert.lengthOf(await StarOrder.all(), 0)
    assert.equal(String(await world.balance(customer)), '50.000000000 TON')
  })

  test('a banned customer buys nothing', async ({ assert }) => {
    const customer = await world.customer()
    const ban = await world.make(BanCustomer)
    valueOf(await ban.handle({ customerId: customer.id, reason: 'Fraud', actor: ADMIN }))
    const refused = await world.buy(customer)
    assert.containSubset(refused, { ok: false, refusal: { code: 'customer_banned' } })
  })
})
