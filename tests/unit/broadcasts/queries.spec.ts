import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { BroadcastTimeline } from '#broadcasts/timeline'
import { EditSentBroadcast } from '#broadcasts/actions/edit_sent_broadcast'
import { AudienceCountQuery } from '#broadcasts/queries/audience_count_query'
import { AudienceDifferenceQuery } from '#broadcasts/queries/audience_difference_query'
import { DryRunQuery } from '#broadcasts/queries/dry_run_query'
import { FailureReasonsQuery } from '#broadcasts/queries/failure_reasons_query'
import { LongestFillQuery } from '#broadcasts/queries/longest_fill_query'
import { ProgressQuery } from '#broadcasts/queries/progress_query'
import { RecipientsQuery, type RecipientCursor } from '#broadcasts/queries/recipients_query'
import { dailyCap } from '#broadcasts/settings'
import { paidBroadcasts } from '#notifications/settings'
import { ADMIN, BLOCKED, BROKEN, BroadcastWorld, SENT, text, UNKNOWN } from '#tests/support/broadcasts/world'

test.group('What is known of a broadcast', (group) => {
  const world = new BroadcastWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('counts an audience as fan-out would find it, each left out for one reason', async ({ assert }) => {
    await world.set(dailyCap, 1)
    const [overCap, hadKey] = await world.customers(2)
    await world.completed({ audience: { kind: 'customer', customerId: overCap.id } })
    await world.customer({ bannedAt: 1, unreachableAt: 1 })
    await world.customer({ unreachableAt: 1 })
    await world.customer({ anonymisedAt: 1 })
    const optedOut = await world.customer()
    await db.table('customer_opt_outs').insert({ customer_id: optedOut.id, category: 'offers', created_at: 1 })
    await world.draft({ sendOnceKey: 'k' })
    const keyed = await world.draft({ title: 'Keyed' })
    await db.table('broadcast_send_once').insert({ key: 'k', customer_id: hadKey.id, broadcast_id: keyed.id })
    await world.customers(2)
    const question = { audience: { kind: 'all' as const }, category: 'offers' as const, sendOnceKey: 'k' }
    const count = await world.make(AudienceCountQuery)

    assert.deepEqual(await count.handle(question), {
      total: 8,
      recipients: 2,
      banned: 1,
      unreachable: 2,
      opted_out: 1,
      had_key: 1,
      over_cap: 1,
    })
    const broadcast = await world.sending({ category: 'offers', sendOnceKey: 'k' })
    assert.lengthOf(await world.rows(broadcast), 2)
  })

  test('counts nobody twice and nobody else in a segment', async ({ assert }) => {
    await world.customers(3, { language: 'ru' })
    await world.customers(2, { language: 'uk' })
    const conditions = [{ key: 'customers.language_is', parameters: { language: 'ru' } }]
    const count = await world.make(AudienceCountQuery)
    const result = await count.handle({
      audience: { kind: 'segment', conditions },
      category: 'events',
      sendOnceKey: null,
    })
    assert.containSubset(result, { total: 3, recipients: 3 })
  })

  test('compares an audience with the recipients of an earlier broadcast', async ({ assert }) => {
    const [stays, leaves] = await world.customers(2)
    const earlier = await world.completed()
    await db.from('customers').where('id', leaves.id).update({ banned_at: 1 })
    await world.customers(3)
    const broadcast = await world.draft()
    const difference = await world.make(AudienceDifferenceQuery)
    assert.deepEqual(await difference.handle(broadcast, earlier.id), { both: 1, added: 3, dropped: 1 })
    assert.isNumber(stays.id)
  })

  test('finds the longest text exactly, as Telegram counts, of {kind} names')
    .with([
      { kind: 'emoji', names: ['ab', '😀😀', 'abc'], longest: 1, length: 4 },
      { kind: 'Cyrillic', names: ['Оля', 'Al', 'Maria'], longest: 2, length: 5 },
      { kind: 'missing', names: ['abcd', '', 'ab'], longest: 1, length: 6 },
    ])
    .run(async ({ assert }, { names, longest, length }) => {
      const customers = []
      for (const firstName of names) customers.push(await world.customer({ firstName }))
      const query = await world.make(LongestFillQuery)
      const result = await query.handle('<b>{first_name|friend}</b>', { kind: 'all' })
      assert.deepEqual(result, { length, customerId: customers[longest].id })
    })

  test('finds the longest text among many', async ({ assert }) => {
    await world.customers(120, { firstName: 'Жанна', lastName: 'Иванова' })
    const long = await world.customer({ firstName: 'Maximiliano', lastName: 'Bartholomew' })
    await world.customers(80, { firstName: 'Ян', lastName: null })
    const query = await world.make(LongestFillQuery)
    assert.deepEqual(await query.handle('{full_name}!', { kind: 'all' }), { length: 24, customerId: long.id })
  })

  test('tries a broadcast out on real customers before anything is sent', async ({ assert }) => {
    await world.set(paidBroadcasts, true)
    await world.customer({ language: 'en', firstName: 'Ann', lastName: null })
    await world.customer({ language: 'en', firstName: 'Bob' })
    await world.customer({ language: 'uk', firstName: 'Оля & <Ко>' })
    await world.customer({ language: 'ru', firstName: 'Пётр' })
    await world.customer({ language: 'ru', bannedAt: 1 })
    const broadcast = await world.draft({
      paid: true,
      variants: [text('Hi {first_name}'), text('Привіт, <b>{first_name}</b>', { locale: 'uk' })],
    })
    const dryRun = await world.make(DryRunQuery)

    const result = await dryRun.handle(broadcast)

    assert.equal(result.count.recipients, 4)
    assert.deepEqual(result.estimate, { seconds: 1, perSecond: 900, stars: 1 })
    assert.deepEqual(
      result.samples.map(({ html, locale }) => [locale, html]),
      [
        ['en', 'Hi Bob'],
        ['en', 'Hi Пётр'],
        ['uk', 'Привіт, <b>Оля &amp; &lt;Ко&gt;</b>'],
      ]
    )
    assert.deepEqual(result.fallbacks, [{ locale: 'ru', variant: 'A' }])
    assert.containSubset(result.lengths, [{ locale: 'uk', variant: 'A', length: 18, limit: 4096 }])
    assert.isNull(result.difference)
    assert.isNull(await db.from('notifications').first())
  })

  test('tells progress from its counters', async ({ assert }) => {
    const customers = await world.customers(6)
    const answers = [SENT, SENT, BLOCKED, BROKEN, UNKNOWN, null]
    const broadcast = await world.sending()
    await world.deliver((row) => answers[customers.findIndex(({ id }) => id === row.customerId)])
    const query = new ProgressQuery()

    const progress = await query.handle(broadcast.id)

    const sends = { written: 6, sent: 2, blocked: 1, failed: 1, unknown: 1, cancelled: 0, open: 1 }
    assert.deepEqual(progress, {
      status: 'sending',
      run: 'send',
      isFanningOut: false,
      fanOutShare: 1,
      sends,
      sendsByVariant: { A: sends },
      edits: null,
      deletions: null,
    })
    assert.isNull(await query.handle(999))
  })

  test('tells the progress of an edit apart', async ({ assert }) => {
    await world.customers(2)
    const broadcast = await world.completed()
    const edit = await world.make(EditSentBroadcast)
    await edit.handle({ broadcastId: broadcast.id, actor: ADMIN, variants: [text('Corrected')] })
    await world.fanOut()
    const progress = await new ProgressQuery().handle(broadcast.id)
    assert.containSubset(progress, { sends: { sent: 2, open: 0 }, edits: { written: 2, open: 2 } })
  })

  test('lists recipients with their outcomes, page by page, none twice', async ({ assert }) => {
    const answers = [SENT, BLOCKED, UNKNOWN, SENT, BROKEN, SENT, null]
    const customers = await world.customers(answers.length)
    const broadcast = await world.completed(
      {},
      (row) => answers[customers.findIndex(({ id }) => id === row.customerId)]
    )
    const query = new RecipientsQuery()
    const seen: number[] = []
    let after: RecipientCursor | null = null
    do {
      const { rows, next }: Awaited<ReturnType<RecipientsQuery['handle']>> = await query.handle({
        broadcastId: broadcast.id,
        after,
        limit: 2,
      })
      assert.isAtMost(rows.length, 2)
      seen.push(...rows.map((row) => row.customerId!))
      after = next
    } while (after)
    assert.sameMembers(
      seen,
      customers.map(({ id }) => id)
    )
    assert.lengthOf(seen, customers.length)

    const failed = await query.handle({ broadcastId: broadcast.id, filter: 'failed' })
    assert.deepEqual(
      failed.rows.map(({ outcome, error, customerId }) => [outcome, error, customerId]),
      [
        ['blocked', BLOCKED.error, customers[1].id],
        ['failed', BROKEN.error, customers[4].id],
      ]
    )
    assert.isNull(failed.next)
    const exported = await Array.fromAsync(query.each({ broadcastId: broadcast.id, filter: 'sent' }))
    assert.deepEqual(
      exported.map((row) => row.customerId),
      [customers[0].id, customers[3].id, customers[5].id]
    )
  })

  test('sums up why recipients did not get it', async ({ assert }) => {
    const customers = await world.customers(5)
    const answers = [BLOCKED, BLOCKED, BROKEN, SENT, SENT]
    const broadcast = await world.sending()
    await db.from('customers').where('id', customers[4].id).update({ banned_at: 1 })
    await world.deliver((row) => answers[customers.findIndex(({ id }) => id === row.customerId)])
    assert.deepEqual(await new FailureReasonsQuery().handle(broadcast.id), [
      { status: 'PERMANENT_FAILURE', reason: BLOCKED.error!, total: 2 },
      { status: 'PERMANENT_FAILURE', reason: BROKEN.error!, total: 1 },
      { status: 'CANCELLED', reason: 'banned', total: 1 },
    ])
  })

  test('stands in the timeline of a customer', async ({ assert }) => {
    const [got, blocked] = await world.customers(2)
    const broadcast = await world.completed({ title: 'Autumn' }, (row) => (row.customerId === got.id ? SENT : BLOCKED))
    const timeline = new BroadcastTimeline()
    const [item] = await timeline.items(got.id, world.clock.now() + 1, 10)
    assert.deepEqual(item, {
      at: world.clock.now(),
      kind: 'broadcasts',
      icon: 'speakerphone',
      title: 'Broadcast received',
      detail: 'Autumn',
      link: { route: 'admin.broadcasts.show', params: [broadcast.reference] },
    })
    const [missed] = await timeline.items(blocked.id, world.clock.now() + 1, 10)
    assert.equal(missed.title, 'Broadcast not delivered: the bot is blocked')
    assert.lengthOf(await timeline.items(got.id, world.clock.now(), 10), 0)
  })
})
