import { test } from '@japa/runner'
import { runAce } from '#tests/support/processes'
import { resetDatabase } from '#tests/support/database'

test.group('system:doctor', (group) => {
  group.each.setup(() => resetDatabase())
  group.each.timeout(60_000)

  const env = { TELEGRAM_BOT_TOKEN: '', APP_KEY_PREVIOUS: 'the-former-key-of-this-installation' }

  test('names what is fine, what is off and what is broken, and no secret', async ({ assert }) => {
    const { exitCode, output } = await runAce(['system:doctor'], { env })
    assert.match(output, /ok\s+db\s+engine: (SQLite|PostgreSQL)/)
    assert.match(output, /ok\s+migrations\s+all have run/)
    assert.match(output, /BROKEN\s+queue\s+no worker is running/)
    assert.match(output, /warning\s+telegram\s+TELEGRAM_BOT_TOKEN is not set/)
    assert.match(output, /warning\s+keys\s+.*key: k[0-9a-f]{8}, previous: k[0-9a-f]{8}/)
    assert.equal(exitCode, 1)
    assert.notInclude(output, process.env.APP_KEY!)
    assert.notInclude(output, env.APP_KEY_PREVIOUS)
  })

  test('given a Bot API that does not answer, then it says so without the token', async ({ assert }) => {
    const token = '987654321:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'
    const { exitCode, output } = await runAce(['system:doctor'], {
      env: { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: 'http://127.0.0.1:9' },
    })
    assert.match(output, /BROKEN\s+telegram\s+Telegram did not answer/)
    assert.equal(exitCode, 1)
    assert.notInclude(output, token)
  })
})
