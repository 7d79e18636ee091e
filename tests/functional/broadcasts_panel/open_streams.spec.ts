import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { CookieClient } from '@adonisjs/core/http'
import type Admin from '#staff/models/admin'
import { resetDatabase } from '#tests/support/database'
import { freePort } from '#tests/support/environment'
import { endProcess, killRemaining, startServer } from '#tests/support/processes'
import { sessionStore } from '#tests/support/session_client'
import { createAdmin, sessionOf } from '#tests/support/staff'
import { eventually } from '#tests/support/telegram/sender_world'

const COOKIE = 'kontora-session'

async function cookieOf(admin: Admin) {
  const sessionId = randomUUID()
  const store = await sessionStore()
  await store.write(sessionId, await sessionOf(admin))
  const encryption = await app.container.make('encryption')
  return `${COOKIE}=${new CookieClient(encryption.use()).sign(COOKIE, sessionId)}`
}

test.group('Open streams', (group) => {
  group.each.timeout(60_000)
  group.each.setup(() => resetDatabase())
  group.each.teardown(() => killRemaining())

  test('a page that watches does not keep the process from ending', async ({ assert }) => {
    const port = await freePort()
    const server = startServer({ PORT: String(port), EMBEDDED_WORKER: 'false', TELEGRAM_BOT_TOKEN: '' })
    const url = `http://${process.env.HOST}:${port}`
    await eventually(async () => {
      const response = await fetch(`${url}/admin/login`, { redirect: 'manual' }).catch(() => null)
      return response !== null
    })
    const stream = await fetch(`${url}/__transmit/events?uid=${randomUUID()}`, {
      headers: { cookie: await cookieOf(await createAdmin()), accept: 'text/event-stream' },
    })
    assert.equal(stream.status, 200)
    assert.match(stream.headers.get('content-type')!, /^text\/event-stream/)
    const reader = stream.body!.getReader()
    await reader.read()

    const exitCode = await endProcess(server)

    assert.equal(exitCode, 0)
    const { done } = await reader.read()
    assert.isTrue(done)
  })
})
