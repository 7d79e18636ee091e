import { test } from '@japa/runner'
import { parseMoney } from '#core/money/parse_money'
import type { Currency } from '#core/money/currency'
import type { Money } from '#core/money/money'
import { formatAmount } from '#bot/texts/format_amount'

const money = (text: string, currency: Currency) => (parseMoney(text, currency) as { value: Money }).value

/** Intl groups by no-break spaces, which a reader of this file can't tell from others. */
const seen = (text: string) => text.replace(/[\u00A0\u202F]/g, ' ')

test.group('formatAmount', () => {
  test('given {amount} {currency}, when written in {locale}, then it is {expected}')
    .with([
      { amount: '1000.5', currency: 'TON', locale: 'en', expected: '1,000.50 TON' },
      { amount: '1000.5', currency: 'TON', locale: 'ru', expected: '1 000,50 TON' },
      { amount: '1000.5', currency: 'TON', locale: 'uk', expected: '1 000,50 TON' },
      { amount: '95', currency: 'TON', locale: 'en', expected: '95 TON' },
      { amount: '9007199.254740991', currency: 'TON', locale: 'uk', expected: '9 007 199,254740991 TON' },
      { amount: '0.000001', currency: 'USDT', locale: 'ru', expected: '0,000001 USDT' },
      { amount: '1110', currency: 'STARS', locale: 'en', expected: '1,110 ⭐' },
    ] as const)
    .run(({ assert }, { amount, currency, locale, expected }) => {
      assert.equal(seen(formatAmount(money(amount, currency), locale)), expected)
    })

  test('given an amount as the outbox stores it, when written, then it is the same', ({ assert }) => {
    const amount = money('1000.5', 'USDT')
    assert.equal(formatAmount(JSON.parse(JSON.stringify(amount)), 'en'), formatAmount(amount, 'en'))
  })

  test('given what left and what came, when signed, then both signs are written', ({ assert }) => {
    const amount = money('10', 'TON')
    assert.equal(seen(formatAmount(amount, 'en', { signed: true })), '+10 TON')
    assert.equal(seen(formatAmount(amount.negate(), 'ru', { signed: true })), '−10 TON')
  })
})
