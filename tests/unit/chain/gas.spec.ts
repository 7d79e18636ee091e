import { test } from '@japa/runner'
import fc from 'fast-check'
import { affordable, isEnough, leastFee, priceOf, replacementOf } from '#chain/sender/gas_price'
import { nextStep, type Facts } from '#chain/sender/plan'

const GWEI = 10n ** 9n
const CAP = 100n * GWEI
const FEES = { baseFee: 10n * GWEI, tip: GWEI }
const FACTS: Facts = {
  ...{ fees: FEES, cap: CAP, balance: 0n, allowance: 0n, needed: 5n },
  ...{ approveGas: 60_000n, actGas: 250_000n },
}
const wei = fc.bigInt({ min: 1n, max: 10n ** 14n })
const fees = fc.record({ baseFee: wei, tip: wei })

test.group('The price of gas', () => {
  test('outlasts six full blocks, and never passes the cap', ({ assert }) => {
    fc.assert(
      fc.property(fees, wei, (present, cap) => {
        const price = priceOf(present, cap)
        if (!price) return assert.isTrue(leastFee(present) > cap)
        assert.isTrue(price.maxFee <= cap)
        assert.isTrue(price.maxFee >= leastFee(present) && price.tip <= price.maxFee)
      })
    )
    assert.deepEqual(priceOf(FEES, CAP), { maxFee: 21n * GWEI, tip: GWEI })
  })

  test('a replacement offers an eighth more on both fees, today’s price at least, and no more than the cap', ({
    assert,
  }) => {
    fc.assert(
      fc.property(wei, fees, wei, (maxFee, present, cap) => {
        const last = { maxFee, tip: maxFee / 3n + 1n }
        const next = replacementOf(last, present, cap)
        if (!next) return assert.isTrue(maxFee * 9n > cap * 8n || leastFee(present) > cap)
        assert.isTrue(next.maxFee <= cap && next.tip <= next.maxFee)
        assert.isTrue(next.maxFee * 8n >= last.maxFee * 9n && next.tip * 8n >= last.tip * 9n)
      })
    )
    assert.equal(replacementOf({ maxFee: 5n * GWEI, tip: GWEI }, FEES, CAP)!.maxFee, 21n * GWEI)
  })

  test('an offer is enough while neither of its fees is below today’s', ({ assert }) => {
    const { maxFee, tip } = { maxFee: leastFee(FEES), tip: FEES.tip }
    assert.isTrue(isEnough({ maxFee, tip }, FEES))
    assert.isFalse(isEnough({ maxFee: maxFee - 1n, tip }, FEES))
    assert.isFalse(isEnough({ maxFee, tip: tip - 1n }, FEES))
  })

  test('a little less than today’s price is good enough while it gets into the next block', ({ assert }) => {
    const gas = 100_000n
    assert.deepEqual(affordable(FEES, CAP, gas, gas * 13n * GWEI), { maxFee: 13n * GWEI, tip: GWEI })
    assert.isNull(affordable(FEES, CAP, gas, gas * 12n * GWEI))
  })
})

test.group('The next step', () => {
  test('funds all that is left at once', ({ assert }) => {
    assert.deepEqual(nextStep(FACTS), { do: 'topup', value: 310_000n * 21n * GWEI })
    assert.deepEqual(nextStep({ ...FACTS, balance: 1n }), { do: 'topup', value: 310_000n * 21n * GWEI - 1n })
    assert.deepEqual(nextStep({ ...FACTS, allowance: 2n }), { do: 'topup', value: 370_000n * 21n * GWEI })
  })

  test('is an approval until what stands is enough, from zero only', ({ assert }) => {
    const rich = { ...FACTS, balance: 10n ** 18n }
    const stepOf = (allowance: bigint, needed = 5n) => {
      const plan = nextStep({ ...rich, allowance, needed })
      return plan.do === 'send' ? plan.step : plan.do
    }
    assert.deepEqual([stepOf(0n), stepOf(4n), stepOf(5n), stepOf(0n, 0n)], ['approve', 'reset', 'act', 'act'])
  })

  test('waits while gas costs more than allowed', ({ assert }) => {
    assert.deepEqual(nextStep({ ...FACTS, cap: 10n * GWEI }), { do: 'wait', reason: 'gas_price' })
  })
})
