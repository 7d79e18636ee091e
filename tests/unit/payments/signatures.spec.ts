import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { CryptoPay } from '#payments/providers/crypto_pay'
import { verifyHeleketWebhook } from '#payments/providers/heleket_signature'

/** Written by tests/fixtures/payments/sign.py. */
const read = (name: string) => JSON.parse(readFileSync(app.makePath(`tests/fixtures/payments/${name}.json`), 'utf8'))

interface Case {
  name: string
  body: string
  signature: string
}

const crypto: { token: string; cases: Case[] } = read('crypto_pay')
const heleket: { key: string; cases: Case[] } = read('heleket')

const cryptoPay = new CryptoPay(crypto.token, 'http://127.0.0.1', async () => ({}))
const verifyCrypto = (body: Buffer, signature?: string) => cryptoPay.webhook.verify(body, () => signature)

/** Any one byte made into any other. */
const changed = (body: Buffer) =>
  fc
    .tuple(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }))
    .map(([at, by]) => Buffer.concat([body.subarray(0, at), Buffer.of(body[at] ^ by), body.subarray(at + 1)]))

test.group('Signatures of webhooks', () => {
  test('Crypto Pay, {name}: passes as it came, fails on any changed byte')
    .with(crypto.cases)
    .run(({ assert }, { body: text, signature }) => {
      const body = Buffer.from(text)
      assert.isTrue(verifyCrypto(body, signature))
      fc.assert(
        fc.property(changed(body), (other) => !verifyCrypto(other, signature)),
        { numRuns: 300 }
      )
      fc.assert(
        fc.property(changed(Buffer.from(signature)), (other) => !verifyCrypto(body, other.toString('latin1'))),
        { numRuns: 100 }
      )
    })

  test('Crypto Pay: a missing, short or long signature is none')
    .with([undefined, '', 'abc', crypto.cases[0].signature.slice(1), `${crypto.cases[0].signature}0`])
    .run(({ assert }, signature) => {
      assert.isFalse(verifyCrypto(Buffer.from(crypto.cases[0].body), signature))
    })

  test('Heleket, {name}: passes as it came, fails on any changed byte')
    .with(heleket.cases)
    .run(({ assert }, { body: text }) => {
      const body = Buffer.from(text)
      assert.isTrue(verifyHeleketWebhook(body, heleket.key))
      assert.isFalse(verifyHeleketWebhook(body, `${heleket.key}x`))
      for (const [at, byte] of body.entries()) {
        for (const other of [byte ^ 1, byte ^ 0x20, 0x20, 0x09, 0x0a, 0x0d, 0x30, 0x2f].filter((one) => one !== byte)) {
          const copy = Buffer.from(body)
          copy[at] = other
          assert.isFalse(verifyHeleketWebhook(copy, heleket.key), `byte ${at} made ${other}`)
        }
      }
      fc.assert(
        fc.property(changed(body), (other) => !verifyHeleketWebhook(other, heleket.key)),
        { numRuns: 300 }
      )
    })

  test('Heleket: {$self} is not signed')
    .with(['', '{}', 'null', '[]', '"sign"', '{"sign":1}', '{"sign":"00000000000000000000000000000000"}', '\ufffd'])
    .run(({ assert }, body) => {
      assert.isFalse(verifyHeleketWebhook(Buffer.from(body), heleket.key))
    })

  test('Heleket: a body full of signatures costs no more than one', ({ assert }) => {
    const member = '"sign":"0123456789abcdef0123456789abcdef",'
    const body = Buffer.from(`{${member.repeat(20_000)}"a":1}`)
    assert.isFalse(verifyHeleketWebhook(body, heleket.key))
  })
})
