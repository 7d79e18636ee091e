import fc from 'fast-check'
import { test } from '@japa/runner'
import { CURRENCIES, type Currency } from '#core/money/currency'
import { formatMoney } from '#core/money/format_money'
import { CurrencyMismatch, MAX_MINOR, Money } from '#core/money/money'
import { parseMoney } from '#core/money/parse_money'
import { divide } from '#core/money/rounding'

const currency = fc.constantFrom(...(Object.keys(CURRENCIES) as Currency[]))
const minor = fc.bigInt({ min: -MAX_MINOR, max: MAX_MINOR })
const amount = fc.tuple(minor, currency).map(([value, code]) => Money.of(value, code))

const parsed = (text: string, code: Currency) => {
  const result = parseMoney(text, code)
  return result.ok ? result.value.minor : result.refusal.code
}

test.group('Money', () => {
  test('refuses to mix currencies and to leave the exact range', ({ assert }) => {
    assert.throws(() => Money.of(1n, 'TON').add(Money.of(1n, 'USD')), CurrencyMismatch as any)
    assert.throws(() => Money.of(MAX_MINOR, 'USD').add(Money.of(1n, 'USD')), RangeError as any)
    assert.isFalse(Money.of(1n, 'TON').equals(Money.of(1n, 'USD')))
  })

  test('what is formatted for people reads back as the same amount', () => {
    fc.assert(
      fc.property(
        amount.filter((money) => !money.isNegative),
        (money) => parsed(formatMoney(money, { currency: false }), money.currency) === money.minor
      )
    )
  })

  test('allocation loses no unit and follows the weights', () => {
    const weights = fc
      .array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 20 })
      .filter((all) => all.some((weight) => weight > 0n))
    fc.assert(
      fc.property(amount, weights, (money, all) => {
        const shares = money.allocate(all)
        const sum = shares.reduce((total, share) => total.add(share), Money.zero(money.currency))
        const total = all.reduce((a, b) => a + b, 0n)
        return (
          sum.equals(money) &&
          shares.every((share, i) => {
            const exact = (money.minor * all[i]) / total
            const off = share.minor - exact
            return off >= -1n && off <= 1n && (all[i] > 0n || share.isZero)
          })
        )
      })
    )
  })

  test('division rounds as named', ({ assert }) => {
    assert.equal(divide(7n, 2n, 'down'), 3n)
    assert.equal(divide(7n, 2n, 'up'), 4n)
    assert.equal(divide(7n, 2n, 'halfUp'), 4n)
    assert.equal(divide(-7n, 2n, 'down'), -3n)
    assert.equal(divide(-7n, 2n, 'halfUp'), -4n)
    assert.equal(divide(10n, 3n, 'halfUp'), 3n)
    assert.equal(divide(6n, 3n, 'up'), 2n)
    assert.throws(() => divide(1n, 0n, 'down'), RangeError as any)
  })

  test('a ratio and its inverse never make money when rounded down', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 1000n }),
        fc.bigInt({ min: 1n, max: 1000n }),
        (value, a, b) => {
          const money = Money.of(value, 'TON')
          return money.times(a, b, 'down').times(b, a, 'down').compare(money) <= 0
        }
      )
    )
  })

  test('reads amounts as people type them: {$self}')
    .with([
      ['10', 'TON', 10_000_000_000n],
      ['1 000,50', 'USD', 100_050n],
      ['1\u00A0000.5', 'USD', 100_050n],
      ['0,125', 'TON', 125_000_000n],
      ['1000,500000', 'USDT', 1_000_500_000n],
      ['12.50000', 'USD', 1_250n],
      [' 7 ', 'STARS', 7n],
      ['7.0', 'STARS', 7n],
      ['1,000', 'USDT', 'ambiguous_separator'],
      ['1,000.50', 'USD', 'ambiguous_separator'],
      ['1.000.000', 'TON', 'ambiguous_separator'],
      ['0.001', 'USD', 'too_precise'],
      ['7.5', 'STARS', 'too_precise'],
      ['99999999999999999999', 'USD', 'too_large'],
      ['1 00', 'USD', 'not_a_number'],
      ['-5', 'USD', 'not_a_number'],
      ['1e3', 'USD', 'not_a_number'],
      ['٣', 'USD', 'not_a_number'],
      ['', 'USD', 'not_a_number'],
      ['.5', 'USD', 'not_a_number'],
    ] as const)
    .run(({ assert }, [text, code, expected]) => {
      assert.equal(parsed(text, code), expected)
    })

  test('shows amounts without meaningless zeros', ({ assert }) => {
    const plain = (value: bigint, code: Currency) => formatMoney(Money.of(value, code)).replaceAll('\u00A0', ' ')
    assert.equal(plain(1_248_000n, 'PRED'), '12 480.00 PRED')
    assert.equal(plain(12_500_000_000n, 'TON'), '12.50 TON')
    assert.equal(plain(2_150n, 'STARS'), '2 150 STARS')
    assert.equal(plain(-5n, 'USD'), '-0.05 USD')
  })
})
