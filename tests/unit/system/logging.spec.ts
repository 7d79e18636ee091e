import { text } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { protect, redact, redactError } from '#core/redaction'
import { startScript } from '#tests/support/processes'

const TOKEN = '987654321:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'

test.group('Redaction', () => {
  test('takes {0} out of text')
    .with([
      ['a bot token', `fetching https://api.telegram.org/bot${TOKEN}/getMe failed`, TOKEN],
      ['a short token in an address', 'http://127.0.0.1:9/bot1:abc/getMe', '1:abc'],
      ['a bare token', `Unauthorized: ${TOKEN}`, TOKEN],
      ['a password in an address', 'postgres://kontora:p4ss@db:5432/kontora', 'p4ss'],
      ['a key of the API', `key kontora_0123ABCD_${'a1-_'.repeat(10)}abc`, 'a1-_a1-_'],
      ['the secret of a webhook', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'MfKQ9r8GKYqr'],
      ['an authorization header', 'Authorization: Bearer abcdef123456', 'abcdef123456'],
    ])
    .run(({ assert }, [, line, secret]) => {
      assert.notInclude(redact(line), secret)
      assert.include(redact(line), '[redacted]')
    })

  test('takes registered values out and leaves the rest alone', ({ assert }) => {
    protect('correct-horse-battery')
    assert.equal(redact('key correct-horse-battery.'), 'key [redacted].')
    const innocent = '{"time":"2026-01-15T12:00:00.000Z","chat":1234567:8,"url":"https://example.org:8080/a@b"}'
    assert.equal(redact(innocent), innocent)
  })

  test('cleans an error with its stack and causes', ({ assert }) => {
    const error = redactError(new Error(`call /bot${TOKEN}/x`, { cause: new Error(TOKEN) }))
    assert.notInclude(`${error.message}${error.stack}${(error.cause as Error).stack}`, TOKEN)
  })
})

test.group('Logging', (group) => {
  group.each.timeout(60_000)

  test('given careless log lines, then the output is JSON with ids and without a single secret', async ({ assert }) => {
    const { child, result } = startScript(new URL('scripts/log_secrets.ts', import.meta.url), [TOKEN], {
      output: 'pipe',
    })
    const output = await text(child.stdout!)
    await result

    const lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.lengthOf(lines, 5)
    for (const line of lines) assert.equal(line.update_id, 77)
    assert.equal(lines[2].admin.email, 'a@example.org')
    for (const secret of [TOKEN, 'abcdefghijklmnop', 'verysecret', 'hunter2', 's3cretpassword', process.env.APP_KEY!]) {
      assert.notInclude(output, secret)
    }
  })
})
