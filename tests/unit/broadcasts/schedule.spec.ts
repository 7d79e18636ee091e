import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { UnscheduleBroadcast } from '#broadcasts/actions/unschedule_broadcast'
import { StartBroadcast } from '#broadcasts/actions/start_broadcast'
import Broadcast from '#broadcasts/models/broadcast'
import { ADMIN, BroadcastWorld, text } from '#tests/support/broadcasts/world'
import { DAY, HOUR } from '#tests/support/test_clock'

test.group('Schedule of a broadcast', (group) => {
  const world = new BroadcastWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const refusalOf = (result: { ok: boolean }) => ('refusal' in result ? (result.refusal as any) : null)

  test('is kept as the instant that the clock of the admin shows', async ({ assert }) => {
    await world.customer()
    const broadcast = await world.draft()

    const result = await world.schedule(broadcast, { mode: 'moment', local: '2026-12-01T10:00', zone: 'Europe/Kyiv' })

    assert.isTrue(result.ok)
    const saved = await broadcast.refresh()
    assert.containSubset(saved.serialize(), { status: 'scheduled', scheduleZone: 'Europe/Kyiv' })
    assert.equal(saved.scheduledAt, Date.UTC(2026, 11, 1, 8))
    assert.equal(await db.from('audit_entries').where('action', 'broadcast.scheduled').first().then(Boolean), true)
  })

  test('refuses {local} in {zone} as {code}')
    .with([
      { local: '2026-06-01T11:59', zone: 'UTC', code: 'past_date' },
      { local: '2026-06-01T14:59', zone: 'Europe/Kyiv', code: 'past_date' },
      { local: '2026-02-30T10:00', zone: 'UTC', code: 'bad_date' },
      { local: 'tomorrow', zone: 'UTC', code: 'bad_date' },
      { local: '2026-12-01T10:00', zone: 'Mars/Base', code: 'bad_zone' },
    ])
    .run(async ({ assert }, { local, zone, code }) => {
      await world.customer()
      const broadcast = await world.draft()
      for (const mode of ['moment', 'local'] as const) {
        assert.equal(refusalOf(await world.schedule(broadcast, { mode, local, zone }))?.code, code)
      }
      await broadcast.refresh()
      assert.equal(broadcast.status, 'draft')
    })

  test('refuses an audience in which nobody would get it', async ({ assert }) => {
    await world.customer({ bannedAt: 1 })
    await world.customer({ unreachableAt: 1 })
    const everybody = await world.draft()
    assert.equal(refusalOf(await world.schedule(everybody))?.code, 'empty_audience')

    await world.customer({ language: 'en' })
    const segment = await world.draft({
      audience: { kind: 'segment', conditions: [{ key: 'customers.language_is', parameters: { language: 'uk' } }] },
    })
    assert.equal(refusalOf(await world.schedule(segment))?.code, 'empty_audience')
  })

  test('refuses a customer who is no more', async ({ assert }) => {
    const broadcast = await world.draft({ audience: { kind: 'customer', customerId: 77 } })
    assert.equal(refusalOf(await world.schedule(broadcast))?.code, 'empty_audience')
  })

  test('needs a text in the default language, on both sides of a test', async ({ assert }) => {
    await world.customer()
    const other = await world.draft({ variants: [text('x', { locale: 'ru' })] })
    assert.equal(refusalOf(await world.schedule(other))?.code, 'content_missing')
    const half = await world.draft({ abShare: 50, variants: [text('a')] })
    assert.equal(refusalOf(await world.schedule(half))?.code, 'content_missing')
  })

  test('refuses what becomes too long with somebody’s name, and says whose', async ({ assert }) => {
    await world.customer({ firstName: 'Al' })
    const long = await world.customer({ firstName: '😀'.repeat(20) })
    await world.customer({ firstName: 'Б'.repeat(30) })
    const broadcast = await world.draft({ variants: [text(`${'x'.repeat(4096 - 39)}{first_name}`)] })

    const refusal = refusalOf(await world.schedule(broadcast))

    assert.equal(refusal?.code, 'too_long_after_filling')
    assert.containSubset(refusal.params, { customerId: long.id, length: 4097, limit: 4096, locale: 'en' })
  })

  test('can be taken back until it begins', async ({ assert }) => {
    await world.customer()
    const broadcast = await world.draft()
    await world.schedule(broadcast, { mode: 'moment', local: '2026-06-02T10:00', zone: 'UTC' })
    const action = await world.make(UnscheduleBroadcast)

    await action.handle({ broadcastId: broadcast.id, actor: ADMIN })
    world.clock.advance(2 * DAY)
    await world.start()

    await broadcast.refresh()
    assert.equal(broadcast.status, 'draft')
    assert.lengthOf(await world.rows(broadcast), 0)
  })

  test('begins when its time has come and not before', async ({ assert }) => {
    await world.customers(3)
    const broadcast = await world.draft()
    await world.schedule(broadcast, { mode: 'moment', local: '2026-06-01T13:00', zone: 'UTC' })
    await world.start()
    assert.lengthOf(await world.rows(broadcast), 0)

    world.clock.advance(HOUR)
    await world.start()

    await broadcast.refresh()
    assert.deepEqual([broadcast.status, broadcast.startedAt], ['sending', world.clock.now()])
    assert.lengthOf(await world.rows(broadcast), 3)
  })

  test('begins once, however many schedulers there are', async ({ assert }) => {
    await world.customers(20)
    const broadcast = await world.draft({ recurrence: 'daily' })
    await world.schedule(broadcast)
    const start = await world.make(StartBroadcast)

    const results = await Promise.all(Array.from({ length: 8 }, () => start.handle(broadcast.id)))
    await Promise.all(Array.from({ length: 4 }, () => world.fanOut()))

    assert.lengthOf(
      results.filter(({ ok }) => ok),
      1
    )
    assert.lengthOf(await world.rows(broadcast), 20)
    assert.lengthOf(await Broadcast.query().where('seriesId', broadcast.id), 1)
    assert.lengthOf(await db.from('audit_entries').where('action', 'broadcast.started'), 1)
  })

  test('in each customer’s own zone sets each row’s time', async ({ assert }) => {
    const tokyo = await world.customer({ timeZone: 'Asia/Tokyo' })
    const kyiv = await world.customer({ timeZone: 'Europe/Kyiv' })
    const unset = await world.customer({ timeZone: null })
    const broadcast = await world.draft()
    await world.schedule(broadcast, { mode: 'local', local: '2026-06-10T09:00', zone: 'Europe/Kyiv' })

    world.clock.moveTo(Date.UTC(2026, 5, 9, 18, 59))
    await world.start()
    assert.lengthOf(await world.rows(broadcast), 0)
    world.clock.moveTo(Date.UTC(2026, 5, 9, 19))
    await world.start()

    const rows = await world.rows(broadcast)
    const timeOf = (id: number) => rows.find((row) => row.customerId === id)?.scheduledAt
    assert.equal(timeOf(tokyo.id), Date.UTC(2026, 5, 10, 0))
    assert.equal(timeOf(kyiv.id), Date.UTC(2026, 5, 10, 6))
    assert.equal(timeOf(unset.id), Date.UTC(2026, 5, 10, 9))
  })

  test('recurs at the same time on the clock, over the change of hours', async ({ assert }) => {
    await world.customer()
    const broadcast = await world.draft({ title: 'Weekly', recurrence: 'weekly', variants: [text('again')] })
    await world.schedule(broadcast, { mode: 'moment', local: '2026-10-22T10:00', zone: 'Europe/Kyiv' })
    world.clock.moveTo(Date.UTC(2026, 9, 22, 7))
    await world.start()

    const next = await Broadcast.query().where('seriesId', broadcast.id).firstOrFail()
    assert.containSubset(next.serialize(), { title: 'Weekly', status: 'scheduled', recurrence: 'weekly' })
    assert.equal(next.scheduledAt, Date.UTC(2026, 9, 29, 8))

    world.clock.moveTo(Date.UTC(2026, 10, 13))
    await world.start()
    const [, following] = await Broadcast.query().where('seriesId', broadcast.id).orderBy('id')
    assert.equal(following.scheduledAt, Date.UTC(2026, 10, 19, 8))
    assert.lengthOf(await world.rows(next), 1)
  })
})
