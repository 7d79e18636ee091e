import fc from 'fast-check'
import { test } from '@japa/runner'
import { phpJson, PhpFloat } from '#sandbox/heleket/php_json'

const json = (value: unknown, unescapedUnicode = true) => phpJson(value, { unescapedUnicode })

/** By PHP's documentation of json_encode() and JSON_UNESCAPED_UNICODE, and its source for floats (php_gcvt). */
test.group('Sandbox | JSON as PHP writes it', () => {
  test('{value} is {php}')
    .with([
      { value: 'https://example.org/a?b=1', php: '"https:\\/\\/example.org\\/a?b=1"' },
      { value: 'кот 🐈 "é"', php: '"кот 🐈 \\"é\\""' },
      { value: 'a\u2028b', php: '"a\\u2028b"' },
      { value: 'tab\tnl\n\u0001', php: '"tab\\tnl\\n\\u0001"' },
      { value: new PhpFloat(3), php: '3' },
      { value: new PhpFloat(0.1), php: '0.1' },
      { value: new PhpFloat(-12.5), php: '-12.5' },
      { value: new PhpFloat(1e25), php: '1.0e+25' },
      { value: new PhpFloat(1.5e-7), php: '1.5e-7' },
      { value: new PhpFloat(0.0001), php: '0.0001' },
      { value: new PhpFloat(0.00001), php: '1.0e-5' },
      { value: new PhpFloat(1e16), php: '10000000000000000' },
      { value: new PhpFloat(123456789012345680), php: '1.2345678901234568e+17' },
      { value: { a: [1, true, null], б: {} }, php: '{"a":[1,true,null],"б":{}}' },
    ])
    .run(({ assert }, { value, php }) => {
      assert.equal(json(value), php)
    })

  test('without JSON_UNESCAPED_UNICODE all beyond ASCII is escaped, as surrogates where need be', ({ assert }) => {
    assert.equal(json({ б: 'é🐈' }, false), '{"\\u0431":"\\u00e9\\ud83d\\udc08"}')
  })

  test('whatever is written reads back as the same', ({ assert }) => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (value, unescapedUnicode) => {
        assert.deepEqual(JSON.parse(json(value, unescapedUnicode)), JSON.parse(JSON.stringify(value)))
      })
    )
  })

  test('floats keep their value', ({ assert }) => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = json(new PhpFloat(value))
        assert.equal(Number(text), value)
        assert.match(text, /^-?\d+(\.\d+)?(e[+-]\d+)?$/)
      })
    )
  })
})
