import fc from 'fast-check'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { refuse } from '#core/result'
import { Money } from '#core/money/money'
import { ClearManualRate } from '#payments/actions/clear_manual_rate'
import { SetManualRate, type ManualRateInput } from '#payments/actions/set_manual_rate'
import { moneyOf, parseDecimal, plainDecimal } from '#payments/money/decimal'
import { RatesQuery } from '#payments/queries/rates_query'
import { Rates } from '#payments/rates/rates'
import { RefreshRates } from '#payments/ticks/refresh_rates'
import { ProviderUnreachable } from '#payments/providers/provider_errors'
import type { ProviderRate } from '#payments/providers/payment_provider'
import { FakeProvider } from '#tests/support/payments/fake_provider'
import { createAdmin } from '#tests/support/staff'
import { resetDatabase } from '#tests/support/database'
import { HOUR, MINUTE } from '#tests/support/test_clock'
import { givenPayments, money, valueOf } from '#tests/support/payments/given'

class QuotingProvider extends FakeProvider {
  quotes: ProviderRate[] = [
    { base: 'TON', quote: 'USD', rate: '3.25' },
    { base: 'USDT', quote: 'USD', rate: '0.9998' },
  ]

  async rates() {
    if (this.failures.has('rates')) throw new ProviderUnreachable(this.name, 'timeout')
    return this.quotes
  }
}

test.group('Exchange rates', (group) => {
  group.each.setup(() => resetDatabase())

  async function given() {
    const provider = new QuotingProvider('heleket')
    const world = givenPayments(provider)
    const tick = await app.container.make(RefreshRates)
    const rates = await app.container.make(Rates)
    return { ...world, provider, rates, refresh: () => tick.run(new AbortController().signal) }
  }

  async function setByHand(input: Partial<ManualRateInput>) {
    const admin = await createAdmin({ role: 'finance' })
    const set = await app.container.make(SetManualRate)
    const actor = { type: 'admin' as const, id: admin.id, name: admin.fullName }
    return set.handle({
      base: 'STARS',
      quote: 'USD',
      rate: '0.013',
      hours: 24,
      reason: 'Telegram pays that',
      actor,
      ...input,
    })
  }

  test('given quoted pairs, when a sum is converted, then directly, the other way round, or through USD', async ({
    assert,
    cleanup,
  }) => {
    const { restore, rates, refresh } = await given()
    cleanup(restore)
    await refresh()
    const convert = async (sum: Money, to: 'USD' | 'TON' | 'USDT', rounding: 'up' | 'down') =>
      String(valueOf(await rates.convert(sum, to, rounding)))
    assert.equal(await convert(money('10'), 'USD', 'down'), '32.50 USD')
    assert.equal(await convert(money('32.5', 'USD'), 'TON', 'up'), '10.000000000 TON')
    assert.equal(await convert(money('1', 'TON'), 'USDT', 'down'), '3.250650 USDT')
    assert.equal(await convert(money('1', 'TON'), 'USDT', 'up'), '3.250651 USDT')
  })

  test('given old rates, when a sum is converted, then it is refused until there are fresh ones', async ({
    assert,
    cleanup,
  }) => {
    const { restore, clock, provider, rates, refresh } = await given()
    cleanup(restore)
    await refresh()
    clock.advance(HOUR)
    valueOf(await rates.convert(money('1'), 'USD', 'up'))
    clock.advance(MINUTE)
    provider.fail('rates')
    await refresh()
    assert.deepEqual(
      await rates.convert(money('1'), 'USD', 'up'),
      refuse('rate_stale', { pair: 'TON/USD', minutes: 61 })
    )
    provider.failures.clear()
    await refresh()
    valueOf(await rates.convert(money('1'), 'USD', 'up'))
  })

  test('given a rate set by hand, when a sum is converted, then it stands in front while it lasts', async ({
    assert,
    cleanup,
  }) => {
    const { restore, clock, rates, refresh } = await given()
    cleanup(restore)
    await refresh()
    valueOf(await setByHand({ base: 'TON', rate: '4', hours: 1 }))
    assert.equal(String(valueOf(await rates.convert(money('1'), 'USD', 'up'))), '4.00 USD')
    clock.advance(HOUR)
    assert.equal(String(valueOf(await rates.convert(money('1'), 'USD', 'up'))), '3.25 USD')
    const query = await app.container.make(RatesQuery)
    const [manual] = await query.run()
    assert.isTrue(manual.isStale)
    const clear = await app.container.make(ClearManualRate)
    const actor = { type: 'admin' as const, id: 1, name: 'Finance' }
    valueOf(await clear.handle({ base: 'TON', quote: 'USD', actor }))
    assert.deepEqual(await clear.handle({ base: 'TON', quote: 'USD', actor }), refuse('rate_not_found'))
  })

  test('given a rate of {rate} for {hours} hours, when it is set, then it is refused')
    .with([
      { rate: '0', hours: 1, code: 'rate_invalid' },
      { rate: '-1', hours: 1, code: 'rate_invalid' },
      { rate: '1,5', hours: 1, code: 'rate_invalid' },
      { rate: '1e3', hours: 1, code: 'rate_invalid' },
      { rate: 'much', hours: 1, code: 'rate_invalid' },
      { rate: '1.5', hours: 0, code: 'rate_hours' },
      { rate: '1.5', hours: 1.5, code: 'rate_hours' },
    ])
    .run(async ({ assert, cleanup }, { rate, hours, code }) => {
      const { restore } = await given()
      cleanup(restore)
      const result = await setByHand({ rate, hours })
      assert.equal(result.ok ? null : result.refusal.code, code)
    })

  test('given nobody quotes a pair, when a sum is converted, then it is refused', async ({ assert, cleanup }) => {
    const { restore, rates } = await given()
    cleanup(restore)
    assert.deepEqual(await rates.convert(money('1'), 'STARS', 'up'), refuse('rate_missing', { pair: 'TON/STARS' }))
  })

  test('a decimal of a provider is read exactly or not at all', ({ assert }) => {
    assert.equal(moneyOf('10.50', 'TON')!.minor, 10_500_000_000n)
    assert.equal(moneyOf(1e-7, 'TON')!.minor, 100n)
    assert.equal(moneyOf('0.0000000019', 'TON')!.minor, 1n)
    assert.equal(moneyOf('0.0000000019', 'TON', 'up')!.minor, 2n)
    for (const bad of ['', ' 1', '1 000', '1,5', '-1', '+1', '0x10', 'NaN', 'Infinity', null, {}, '9'.repeat(41)]) {
      assert.isNull(parseDecimal(bad))
    }
    assert.isNull(moneyOf('9'.repeat(30), 'TON'))
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 9_007_199_254_740_991n }), (minor) => {
        const sum = Money.of(minor, 'TON')
        return moneyOf(plainDecimal(sum), 'TON')!.equals(sum)
      })
    )
  })
})
