import fc from 'fast-check'
import { test } from '@japa/runner'
import { decimal, dividedBy, formatDecimal, parseDecimal, roundUp, times } from '#sandbox/services/decimal'

test.group('Sandbox | Decimals', () => {
  test('"{text}" is no amount')
    .with(['', '-1', '1,5', '1e3', '.5', '1.', '0x1', '1.1234567890123456789', ' 1 000'].map((text) => ({ text })))
    .run(({ assert }, { text }) => {
      assert.isUndefined(parseDecimal(text))
    })

  test('what is written reads back as the same amount', ({ assert }) => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 36n }), (value) => {
        assert.equal(decimal(formatDecimal(value)), value)
      })
    )
  })

  test('amounts are shown with the places asked for', ({ assert }) => {
    assert.equal(formatDecimal(decimal('10.50')), '10.5')
    assert.equal(formatDecimal(decimal('10'), { min: 2, max: 2 }), '10.00')
    assert.equal(formatDecimal(decimal('0.123456789'), { min: 8, max: 8 }), '0.12345678')
    assert.equal(formatDecimal(0n), '0')
  })

  test('products, quotients and rounding keep to the value', ({ assert }) => {
    assert.equal(formatDecimal(times(decimal('1.5'), decimal('0.03'))), '0.045')
    assert.equal(formatDecimal(dividedBy(decimal('5'), decimal('2.5'))), '2')
    assert.equal(formatDecimal(roundUp(decimal('0.0000001'), 6)), '0.000001')
    assert.equal(formatDecimal(roundUp(decimal('0.25'), 2)), '0.25')
  })
})
