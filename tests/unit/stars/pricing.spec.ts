import fc from 'fast-check'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'
import { parseStars } from '#stars/orders/parse_stars'
import { fullPriceOf, savingPercentOf } from '#stars/pricing/quote'
import { TonRate } from '#stars/pricing/star_rates'
import { OfferedPackagesQuery } from '#stars/queries/offered_packages_query'
import { SchedulePrice } from '#stars/actions/schedule_price'
import { basePrice, ownMaximum, ownMinimum, starsEnabled } from '#stars/settings'
import { ADMIN, money, StarsWorld, valueOf } from '#tests/support/stars/world'
import { HOUR } from '#tests/support/test_clock'

const nano = fc.bigInt({ min: 1n, max: 10n ** 11n })
const stars = fc.integer({ min: 1, max: 10_000 })
const ton = (minor: bigint) => Money.of(minor, 'TON')

test.group('Prices of Stars, for any amount', () => {
  test('n Stars cost n times one Star, exactly', () => {
    fc.assert(fc.property(stars, nano, (count, base) => fullPriceOf(count, ton(base)).minor === BigInt(count) * base))
  })

  test('the saving is a whole per cent, never more than what is saved and less than one more', () => {
    fc.assert(
      fc.property(nano, nano, (price, full) => {
        const percent = BigInt(savingPercentOf(ton(price), ton(full)))
        if (price >= full) return percent === 0n
        const saved = (full - price) * 100n
        return percent * full <= saved && saved < (percent + 1n) * full
      })
    )
  })

  test('a converted price is never below the exact one, and less than one minor unit above it', () => {
    const ratio = fc.record({
      numerator: fc.bigInt({ min: 1n, max: 10n ** 6n }),
      denominator: fc.bigInt({ min: 1n, max: 10n ** 6n }),
    })
    fc.assert(
      fc.property(nano, ratio, fc.constantFrom('USDT' as const, 'USD' as const), (price, rate, currency) => {
        const units = currency === 'USDT' ? 10n ** 6n : 100n
        const converted = new TonRate(currency, rate).convert(ton(price))!
        const [exact, divisor] = [price * rate.numerator * units, rate.denominator * 10n ** 9n]
        return converted.minor * divisor >= exact && (converted.minor - 1n) * divisor < exact
      })
    )
  })
})

test.group('Quotes', (group) => {
  const world = new StarsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const rate = (base: string, quote: string, value: string) =>
    db
      .table('exchange_rates')
      .insert({ base, quote, rate: value, source: 'crypto_pay', observed_at: world.clock.now() })

  test('a package saves and gives its bonus by invoice; from the balance neither', async ({ assert }) => {
    const { id: packageId } = await world.package()
    const invoice = valueOf(await world.quote({ packageId }, 'invoice'))
    const balance = valueOf(await world.quote({ packageId }, 'balance'))
    const facts = ({ price, fullPrice, bonus, delivered, savingPercent }: typeof invoice) => [
      String(price),
      String(fullPrice),
      bonus,
      delivered,
      savingPercent,
    ]
    assert.deepEqual(facts(invoice), ['95.000000000 TON', '100.000000000 TON', 10, 110, 5])
    assert.deepEqual(facts(balance), ['100.000000000 TON', '100.000000000 TON', 0, 100, 0])
    assert.notEqual(invoice.version, balance.version)
  })

  test('what nobody has priced in a currency follows TON by the rate, rounded up', async ({ assert }) => {
    await rate('TON', 'USD', '1.2345678')
    const { id: packageId } = await world.package()
    const usd = valueOf(await world.quote({ packageId }, 'invoice', 'USD'))
    assert.equal(String(usd.price), '117.29 USD')
    assert.equal(usd.savingPercent, 4, '117.29 of 123.46')

    const schedule = await world.make(SchedulePrice)
    valueOf(
      await schedule.handle({ packageId, currency: 'USD', price: money('99', 'USD'), validFrom: null, actor: ADMIN })
    )
    assert.equal(String(valueOf(await world.quote({ packageId }, 'invoice', 'USD')).price), '99.00 USD')
    valueOf(await schedule.handle({ packageId, currency: 'USD', price: null, validFrom: null, actor: ADMIN }))
    assert.equal(String(valueOf(await world.quote({ packageId }, 'invoice', 'USD')).price), '117.29 USD')
  })

  test('without a rate, or with an old one, there is no price to pay', async ({ assert }) => {
    const { id: packageId } = await world.package()
    const refused = await world.quote({ packageId }, 'invoice', 'USDT')
    assert.containSubset(refused, { ok: false, refusal: { code: 'price_unavailable', params: { currency: 'USDT' } } })
    await rate('TON', 'USDT', '2')
    assert.equal(String(valueOf(await world.quote({ packageId }, 'invoice', 'USDT')).price), '190.000000 USDT')
    world.clock.advance(48 * HOUR)
    assert.containSubset(await world.quote({ packageId }, 'invoice', 'USDT'), { ok: false })
  })

  test('a planned price holds from its moment on, and not before', async ({ assert }) => {
    const { id: packageId } = await world.package()
    const schedule = await world.make(SchedulePrice)
    const validFrom = world.clock.now() + HOUR
    valueOf(await schedule.handle({ packageId, currency: 'TON', price: money('80'), validFrom, actor: ADMIN }))
    const before = valueOf(await world.quote({ packageId }, 'invoice'))
    world.clock.moveTo(validFrom - 1)
    const justBefore = valueOf(await world.quote({ packageId }, 'invoice'))
    world.clock.moveTo(validFrom)
    const after = valueOf(await world.quote({ packageId }, 'invoice'))

    assert.deepEqual([before.price, justBefore.price, after.price].map(String), [
      '95.000000000 TON',
      '95.000000000 TON',
      '80.000000000 TON',
    ])
    assert.equal(before.version, justBefore.version)
    assert.notEqual(before.version, after.version)
  })

  test('a version stands for what is paid and what is got, and for nothing else', async ({ assert }) => {
    const first = valueOf(await world.quote({ stars: 500 }))
    world.clock.advance(HOUR)
    await world.set(ownMaximum, 9000)
    assert.equal(valueOf(await world.quote({ stars: 500 })).version, first.version)
    assert.match(first.version, /^[\w-]{8}$/)
    await world.set(basePrice, '1.000000001')
    assert.notEqual(valueOf(await world.quote({ stars: 500 })).version, first.version)
  })

  test('own amounts keep to their limits', async ({ assert }) => {
    await world.set(ownMinimum, 50)
    await world.set(ownMaximum, 60)
    for (const [amount, isFine] of [
      [49, false],
      [50, true],
      [60, true],
      [61, false],
    ] as const) {
      assert.containSubset(await world.quote({ stars: amount }), { ok: isFine }, String(amount))
    }
  })

  test('the shelf shows what is offered now, in order', async ({ assert }) => {
    const now = world.clock.now()
    await world.package({ stars: 100 })
    await world.package({ stars: 200, isActive: false })
    await world.package({ stars: 300, availableFrom: now + HOUR })
    await world.package({ stars: 400, availableUntil: now })
    await world.package({ stars: 500, availableFrom: now, availableUntil: now + HOUR })
    const query = await world.make(OfferedPackagesQuery)
    const shown = async () => {
      const quotes = await query.run({ payWith: 'invoice' })
      return quotes.map(({ stars: count }) => count)
    }
    assert.deepEqual(await shown(), [100, 500])
    world.clock.advance(HOUR)
    assert.deepEqual(await shown(), [100, 300])
    await world.set(starsEnabled, false)
    assert.deepEqual(await shown(), [])
  })

  test('an amount typed as "{text}" is {stars}')
    .with([
      { text: '100', stars: 100 },
      { text: ' 1 000 ', stars: 1000 },
      { text: '1\u00A0000', stars: 1000 },
      { text: '100.00', stars: 100 },
      { text: '0', stars: 0 },
      { text: '-5', stars: 'not_a_number' },
      { text: '1.5', stars: 'too_precise' },
      { text: '1,5', stars: 'too_precise' },
      { text: '1,000', stars: 'ambiguous_separator' },
      { text: '1 000,50', stars: 'too_precise' },
      { text: '1e3', stars: 'not_a_number' },
      { text: 'сто', stars: 'not_a_number' },
      { text: '', stars: 'not_a_number' },
      { text: '9'.repeat(20), stars: 'too_large' },
    ])
    .run(({ assert }, { text, stars: expected }) => {
      const parsed = parseStars(text)
      assert.equal(parsed.ok ? parsed.value : parsed.refusal.code, expected)
    })
})
