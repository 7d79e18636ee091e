import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Clock } from '#core/clock'
import { Memory } from '#stats/memory'
import { spansOf } from '#stats/range'
import { CustomersOverviewQuery } from '#stats/queries/customers_overview_query'
import { OutboxOverviewQuery } from '#stats/queries/outbox_overview_query'
import { SpansQuery } from '#stats/queries/spans_query'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { createNotification } from '#tests/support/notifications'
import { createAdmin, loginAs } from '#tests/support/staff'
import { DAY, HOUR, MINUTE, TestClock } from '#tests/support/test_clock'

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

test.group('Figures of the dashboard', (group) => {
  let clock: TestClock
  let memory: Memory
  group.each.setup(async () => {
    await resetDatabase()
    clock = new TestClock()
    memory = new Memory(clock)
  })

  test('days begin and end in the time zone of the reader, through the change of clocks', ({ assert }) => {
    const afterTheChange = Date.UTC(2026, 2, 30, 12)
    const spans = spansOf('7d', 'Europe/Kyiv', afterTheChange)

    assert.lengthOf(spans, 7)
    assert.equal(spans[6].from, Date.UTC(2026, 2, 29, 21))
    assert.equal(spans[5].to - spans[5].from, 23 * HOUR)
    for (const [index, { to }] of spans.slice(0, -1).entries()) assert.equal(to, spans[index + 1].from)
  })

  test('counts each span once, and one that is over never again', async ({ assert }) => {
    const spans = spansOf('24h', 'UTC', clock.now())
    const [yesterday, now] = [spans[0].from, clock.now()]
    await CustomerFactory.merge({ createdAt: yesterday }).create()
    await CustomerFactory.merge({ createdAt: now }).create()
    const query = new SpansQuery(clock, memory)

    const before = await query.run('customers', spans)
    await CustomerFactory.merge({ createdAt: yesterday }).create()
    await CustomerFactory.merge({ createdAt: now }).create()
    clock.advance(11_000)
    const after = await query.run('customers', spans)

    assert.deepEqual([before[0], before[23]], [1, 1])
    assert.deepEqual([after[0], after[23]], [1, 2])
  })

  test('tells whom messages reach and who was active', async ({ assert }) => {
    await CustomerFactory.merge({ lastActiveAt: clock.now() - HOUR }).create()
    await CustomerFactory.apply('unreachable')
      .merge({ lastActiveAt: clock.now() - 9 * DAY })
      .create()

    const overview = await new CustomersOverviewQuery(memory).run(clock.now() - DAY)

    assert.deepEqual(overview, { total: 2, active: 1, reachable: 1 })
  })

  test('tells how late the oldest message is, broadcasts aside', async ({ assert }) => {
    const query = new OutboxOverviewQuery(clock, memory)
    const nothing = await query.run()
    const due = { status: 'FAILED', scheduledAt: clock.now() - 2 * MINUTE } as const
    await createNotification({ ...due, priority: 30 })
    await createNotification({ status: 'PENDING', scheduledAt: clock.now() - HOUR, broadcastId: 1, priority: 90 })
    await createNotification({ status: 'PENDING', scheduledAt: clock.now() + HOUR })
    await createNotification({ status: 'UNKNOWN', scheduledAt: clock.now() - DAY })
    memory.forget()

    const overview = await query.run()

    assert.isNull(nothing.oldestDueAt)
    assert.equal(overview.oldestDueAt, clock.now() - 2 * MINUTE)
    assert.equal(overview.waiting.value, 3)
    assert.equal(overview.undelivered.value, 1)
  })

  test('remembers no failure', async ({ assert }) => {
    const failing = () => memory.remember('x', 1000, () => Promise.reject(new Error('down')))
    await assert.rejects(failing, 'down')
    assert.equal(await memory.remember('x', 1000, async () => 5), 5)
  })

  test('every figure agrees with the list that it opens', async ({ client, assert, cleanup }) => {
    app.container.swap(Clock, () => clock)
    app.container.swap(Memory, () => memory)
    cleanup(() => app.container.restoreAll([Clock, Memory]))
    const startOfRange = Date.UTC(2026, 4, 26)
    for (const at of [startOfRange - 1, startOfRange, clock.now()]) {
      const customer = await CustomerFactory.merge({ createdAt: at, lastActiveAt: at }).create()
      await createNotification({ customerId: customer.id, sentAt: at })
    }
    const admin = await createAdmin()

    const dashboard = await loginAs(client.get('/admin').qs({ range: '7d' }), admin)

    assert.include(textOf(dashboard.text()), 'Active 2 wrote to the bot Reachable 3')
    assert.include(textOf(dashboard.text()), '2 new customers')
    assert.include(textOf(dashboard.text()), '2 messages sent')
    const links = [...dashboard.text().matchAll(/href="([^"]*(?:active|joined|sent)=\d+[^"]*)"/g)].map(
      ([, href]) => href
    )
    assert.isAtLeast(links.length, 4)
    for (const href of links) {
      const list = await loginAs(client.get(href.replaceAll('&amp;', '&')), admin)
      assert.include(list.text(), '1-2 of 2', href)
    }
  })

  test('an unknown range is the usual one', async ({ client, assert }) => {
    const response = await loginAs(client.get('/admin').qs({ range: '9999d' }), await createAdmin())
    response.assertStatus(200)
    assert.match(response.text(), /btn active[^>]*range=7d/)
  })
})
