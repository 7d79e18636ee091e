import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Logger } from '@adonisjs/core/logger'
import SecurityEvent from '#staff/models/security_event'
import { SecurityJournal } from '#staff/security/security_journal'
import { SecurityEvents } from '#core/contracts/security_events'
import { resetDatabase } from '#tests/support/database'
import { TestClock } from '#tests/support/test_clock'

test.group('Security journal', (group) => {
  group.each.setup(() => resetDatabase())

  test('counts repetitions within a minute in one row', async ({ assert }) => {
    const clock = new TestClock()
    const journal = new SecurityJournal(clock, await app.container.make(Logger))
    const forged = { kind: 'webhook.forged', subject: 'telegram', ip: '10.0.0.1' } as const

    await Promise.all(Array.from({ length: 20 }, () => journal.report(forged)))
    await journal.report({ ...forged, ip: '10.0.0.2' })
    clock.advance(60_000)
    await journal.report(forged)

    const events = await SecurityEvent.query().orderBy('id')
    assert.sameDeepMembers(
      events.map(({ ip, count }) => [ip, count]),
      [
        ['10.0.0.1', 20],
        ['10.0.0.2', 1],
        ['10.0.0.1', 1],
      ]
    )
  })

  test('keeps no secret and never throws at who reports', async ({ assert }) => {
    const events = await app.container.make(SecurityEvents)
    await events.report({ kind: 'webhook.forged', details: { secret: 'abc' } })
    assert.isNull(await SecurityEvent.first())
  })
})
