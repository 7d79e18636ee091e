import { test } from '@japa/runner'
import { Money } from '#core/money/money'
import { amountParts } from '#admin/shared/amounts'
import { rawText } from '#admin/shared/raw_text'
import { toneOfState } from '#admin/shared/states'

const NBSP = '\u00A0'

test.group('What the components show', () => {
  test('an amount has its number, its sign and its currency apart', ({ assert }) => {
    const number = (minor: bigint, options?: { sign: boolean }) => amountParts(Money.of(minor, 'PRED'), options).number

    assert.equal(number(1248000n), `12${NBSP}480.00`)
    assert.equal(number(-1248000n), `\u221212${NBSP}480.00`)
    assert.equal(number(25n, { sign: true }), '+0.25')
    assert.equal(number(-25n, { sign: true }), '\u22120.25')
    assert.equal(number(0n, { sign: true }), '0.00')
    assert.equal(amountParts(Money.of(5n, 'STARS')).currency, 'STARS')
  })

  test('a raw body that is JSON is set out in lines, any other stays as it came', ({ assert }) => {
    assert.equal(rawText('{"a":[1]}').text, '{\n  "a": [\n    1\n  ]\n}')
    assert.equal(rawText({ a: 1 }).text, '{\n  "a": 1\n}')
    for (const text of ['{"broken', 'a=1&b=2', '', '"just a text"']) assert.equal(rawText(text).text, text)
    assert.equal(rawText(null).text, 'null')
    assert.equal(rawText(undefined).text, '')
    assert.equal(rawText('ї').size, 2)
  })

  test('a very long body is cut, and says so', ({ assert }) => {
    const { text, isCut, size } = rawText('x'.repeat(20_001))
    assert.lengthOf(text, 20_000)
    assert.isTrue(isCut)
    assert.equal(size, 20_001)
    assert.isFalse(rawText('x'.repeat(20_000)).isCut)
  })

  test('states of all sections have one tone each', ({ assert }) => {
    assert.equal(toneOfState('paid'), 'success')
    assert.equal(toneOfState('PERMANENT_FAILURE'), 'danger')
    assert.equal(toneOfState('underpaid'), 'warning')
    assert.equal(toneOfState('processing'), 'info')
    assert.equal(toneOfState('draft'), 'neutral')
    assert.equal(toneOfState('anything'), 'neutral')
  })
})
