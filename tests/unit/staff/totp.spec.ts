import { test } from '@japa/runner'
import { generateTotpSecret, totpCode, totpStep, totpUri } from '#staff/two_factor/totp'

const NOW = Date.UTC(2026, 5, 1, 12, 0, 10)
const PERIOD = 30_000

test.group('TOTP', () => {
  test('agrees with the vectors of RFC 6238 (SHA-1, six digits)', ({ assert }) => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
    assert.equal(totpCode(secret, 59_000), '287082')
    assert.equal(totpCode(secret, 1_111_111_109_000), '081804')
    assert.equal(totpCode(secret, 20_000_000_000_000), '353130')
  })

  test('takes the code of this period and its neighbours, and names the period', ({ assert }) => {
    const secret = generateTotpSecret()
    const step = Math.floor(NOW / PERIOD)
    for (const offset of [-1, 0, 1]) {
      assert.equal(totpStep(secret, totpCode(secret, NOW + offset * PERIOD), NOW), step + offset)
    }
    for (const offset of [-2, 2]) {
      assert.isNull(totpStep(secret, totpCode(secret, NOW + offset * PERIOD), NOW))
    }
  })

  test('takes spaces as applications show them and refuses everything else', ({ assert }) => {
    const secret = generateTotpSecret()
    const code = totpCode(secret, NOW)
    assert.isNumber(totpStep(secret, ` ${code.slice(0, 3)} ${code.slice(3)} `, NOW))
    for (const wrong of ['', '12345', '1234567', 'abcdef', `${code}0`]) assert.isNull(totpStep(secret, wrong, NOW))
  })

  test('tells the application who and where', ({ assert }) => {
    const uri = totpUri('GEZDGNBVGY3TQOJQ', 'mira@example.org')
    assert.match(uri, /^otpauth:\/\/totp\/Kontora:mira%40example.org\?issuer=Kontora&secret=GEZDGNBVGY3TQOJQ&/)
  })
})
