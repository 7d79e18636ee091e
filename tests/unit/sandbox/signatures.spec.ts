import { execFileSync, spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { test } from '@japa/runner'
import { sign as cryptoPaySign } from '#sandbox/crypto_pay/invoice_paid'
import { heleketSign, isSignedBy } from '#sandbox/heleket/signature'
import { heleketWebhook } from '#sandbox/heleket/status_webhook'
import { HELEKET_PAYMENT_KEY } from '#sandbox/heleket/keys'

const anyText = fc.string({ unit: 'binary', maxLength: 60 })

/**
 * Signatures against implementations that share nothing with the sandbox: constants made with the openssl command, and
 * that command itself where the machine has it.
 */
test.group('Sandbox | Signatures of payment providers', () => {
  test('Crypto Pay: HMAC-SHA256 keyed with the SHA-256 of the token', ({ assert }) => {
    // openssl dgst -sha256 -mac HMAC -macopt hexkey:$(printf '1:AA' | openssl dgst -sha256 -r | cut -d' ' -f1)
    const expected = '24b6508498dc2d5646cab203c3b3a7292d34bbd6350f52a6abb04be3e3418183'
    assert.equal(cryptoPaySign('1:AA', '{"a":"тест/"}'), expected)
  })

  test('Heleket: MD5 of the base64 of the bytes, and the key', ({ assert }) => {
    // printf '%s' "$(printf '{"a":"тест\\/"}' | base64 -w0)key" | md5sum
    const expected = 'b3ed93bd97eed069f6a8612a60e3a00b'
    assert.equal(heleketSign('{"a":"тест\\/"}', 'key'), expected)
  })

  test('both agree with openssl on any body', ({ assert }) => {
    fc.assert(
      fc.property(anyText, fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' }), (body, key) => {
        const base64 = openssl(['base64', '-A'], body).toString()
        assert.equal(
          heleketSign(body, key),
          openssl(['dgst', '-md5', '-r'], base64 + key)
            .toString()
            .split(' ')[0]
        )
        const digest = openssl(['dgst', '-sha256', '-r'], key).toString().split(' ')[0]
        const mac = openssl(['dgst', '-sha256', '-mac', 'HMAC', '-macopt', `hexkey:${digest}`, '-r'], body)
        assert.equal(cryptoPaySign(key, body), mac.toString().split(' ')[0])
      }),
      { numRuns: 10 }
    )
  }).skip(spawnSync('openssl', ['version']).status !== 0, 'no openssl on this machine')

  test('any changed byte breaks the signature', ({ assert }) => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 80 })
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (body, at, change) => {
        const changed = Buffer.from(body)
        changed[at % changed.length] ^= change
        assert.isTrue(isSignedBy(Buffer.from(body), 'key', heleketSign(Buffer.from(body), 'key')))
        assert.isFalse(isSignedBy(changed, 'key', heleketSign(Buffer.from(body), 'key')))
      })
    )
  })

  test('a webhook of Heleket verifies once its sign is taken out of the raw text', ({ assert }) => {
    fc.assert(
      fc.property(anyText, anyText, (data, order) => {
        const told = { additional_data: data, order_id: order, sign_of: 'x' }
        const webhook = heleketWebhook({ event: 'paid', subject: 'x', url: 'http://x', told, half: '1' })
        const { body } = webhook.compose('genuine')
        const [part, sign] = /,"sign":"([0-9a-f]{32})"(?=}$)/.exec(body)!
        assert.equal(sign, heleketSign(body.replace(part, ''), HELEKET_PAYMENT_KEY))
        assert.deepEqual(JSON.parse(body), { ...told, sign })
      })
    )
  })
})

function openssl(args: string[], input: string): Buffer {
  return execFileSync('openssl', args, { input, stdio: ['pipe', 'pipe', 'ignore'] })
}
