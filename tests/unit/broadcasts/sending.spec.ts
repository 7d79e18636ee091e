import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { MessageComposer } from '#core/contracts/message_composer'
import { checkButtons } from '#broadcasts/buttons'
import { CancelBroadcast } from '#broadcasts/actions/cancel_broadcast'
import { PauseBroadcast } from '#broadcasts/actions/pause_broadcast'
import { ResumeBroadcast } from '#broadcasts/actions/resume_broadcast'
import { SendTestBroadcast } from '#broadcasts/actions/send_test_broadcast'
import type Broadcast from '#broadcasts/models/broadcast'
import BroadcastVariant from '#broadcasts/models/broadcast_variant'
import { dailyCap } from '#broadcasts/settings'
import { ADMIN, BLOCKED, BroadcastWorld, SENT, text, UNKNOWN } from '#tests/support/broadcasts/world'
import { HOUR } from '#tests/support/test_clock'

/** Buttons that show what was asked for. */
class EchoComposer extends MessageComposer {
  compose(): never {
    throw new Error('A broadcast brings its own text')
  }

  keyboard(locale: string, [[button]]: any) {
    return { inline_keyboard: [[{ text: 'from the bot', callback_data: `${locale}:${button.action}` }]] }
  }
}

test.group('Sending of a broadcast', (group) => {
  const world = new BroadcastWorld()
  group.each.setup(async () => {
    app.container.swap(MessageComposer, () => new EchoComposer())
    await world.setup()
    return () => {
      app.container.restore(MessageComposer)
      world.teardown()
    }
  })

  test('fills the text in each reader’s language, or the default one', async ({ assert }) => {
    await world.customer({ language: 'ru', firstName: '<Пётр & Co>', lastName: null })
    await world.customer({ language: 'uk', firstName: 'Оля', lastName: 'К' })
    await world.sending({
      variants: [
        text('Hi <b>{full_name}</b> {username|friend} <a href="https://a.example/?n={first_name}">x</a>'),
        text('Привет, {first_name} {last_name|друг}', { locale: 'ru' }),
      ],
    })
    await db.from('customers').update({ username: null })

    const decisions = await world.decide(await world.due())

    const htmls = [...decisions.values()].map((decision) => decision.kind === 'send' && decision.message?.html)
    assert.deepEqual(htmls, [
      'Привет, &lt;Пётр &amp; Co&gt; друг',
      'Hi <b>Оля К</b> friend <a href="https://a.example/?n=%D0%9E%D0%BB%D1%8F">x</a>',
    ])
  })

  test('given a row that can’t be worded, when others are claimed with it, then only that one is broken', async ({
    assert,
  }) => {
    await world.customers(2)
    const broken = await world.sending()
    const fine = await world.sending()
    await BroadcastVariant.query().where('broadcastId', broken.id).update({ html: '<a href="https://{username">x' })

    const due = await world.due()
    const decisions = await world.decide(due)

    const kindsOf = ({ id }: Broadcast) =>
      due.filter((row) => row.broadcastId === id).map((row) => decisions.get(row.id)!.kind)
    assert.deepEqual(kindsOf(broken), ['broken', 'broken'])
    assert.deepEqual(kindsOf(fine), ['send', 'send'])
    const alerts = await db.from('admin_alerts').where('kind', 'broadcasts')
    assert.deepEqual(
      alerts.map(({ fingerprint, occurrences }) => [fingerprint, occurrences]),
      [[`broadcast:${broken.id}:wording`, 1]]
    )
  })

  test('leaves it to the sender when the database fails while a row is worded', async ({ assert }) => {
    await world.customer()
    await world.sending()
    const due = await world.due()
    await db.rawQuery('ALTER TABLE broadcast_variants RENAME TO broadcast_variants_away')
    try {
      await assert.rejects(() => world.decide(due))
    } finally {
      await db.rawQuery('ALTER TABLE broadcast_variants_away RENAME TO broadcast_variants')
    }
  })

  test('brings image, buttons and permission to spend Stars', async ({ assert }) => {
    await world.customer({ language: 'en' })
    await db
      .table('media_files')
      .insert({ key: 'image', path: 'p', mime: 'image/png', size: 1, sha256: 'x', created_at: 1 })
    const buttons = [[{ text: 'Site', url: 'https://a.example/' }], [{ text: 'Buy', action: 'menu', id: 5 }]]
    await world.sending({ paid: true, variants: [text('Hi', { mediaKey: 'image', buttons })] })

    const decision = await world.firstDecision(await world.due())

    assert.deepEqual(decision, {
      kind: 'send',
      message: {
        html: 'Hi',
        photo: 'image',
        paid: true,
        replyMarkup: {
          inline_keyboard: [[{ text: 'Site', url: 'https://a.example/' }], [{ text: 'Buy', callback_data: 'en:menu' }]],
        },
      },
    })
  })

  test('can’t have a button that the bot could not draw: {action} {id}')
    .with([
      { action: 'no_such_screen' },
      { action: 'Menu' },
      { action: 'menu.more' },
      { action: 'menu', id: '1:2' },
      { action: 'menu', id: 'x'.repeat(31) },
    ])
    .run(({ assert }, button) => {
      const problems = checkButtons([[{ text: 'Go', ...button }]], 'variants.en.A')
      assert.deepEqual(problems, [{ field: 'variants.en.A.buttons.0.0.action', code: 'button_action' }])
    })

  test('looks again before each message for who is {reason}')
    .with([
      { change: { banned_at: 1 }, reason: 'banned' },
      { change: { unreachable_at: 1 }, reason: 'unreachable' },
      { change: { anonymised_at: 1 }, reason: 'anonymised' },
    ])
    .run(async ({ assert }, { change, reason }) => {
      const [gone] = await world.customers(2)
      const broadcast = await world.sending()
      await db.from('customers').where('id', gone.id).update(change)

      await world.deliver()

      const rows = await world.rows(broadcast)
      assert.deepEqual(
        rows.map((row) => [row.status, row.reason]),
        [
          ['CANCELLED', reason],
          ['SENT', null],
        ]
      )
      assert.containSubset(await world.counters(broadcast), { written: 2, cancelled: 1, sent: 1 })
    })

  test('leaves out who opted out of that news since', async ({ assert }) => {
    const customer = await world.customer()
    const broadcast = await world.sending({ category: 'events' })
    await db.table('customer_opt_outs').insert({ customer_id: customer.id, category: 'events', created_at: 1 })
    await world.deliver()
    const [row] = await world.rows(broadcast)
    assert.deepEqual([row.status, row.reason], ['CANCELLED', 'opted_out'])
  })

  test('never passes the daily cap, with two broadcasts at once', async ({ assert }) => {
    await world.set(dailyCap, 1)
    await world.customer()
    const one = await world.sending()
    const other = await world.sending()

    const decisions = await world.deliver()

    assert.deepEqual(
      decisions.map(({ kind }) => kind),
      ['send', 'cancel']
    )
    const rows = [...(await world.rows(one)), ...(await world.rows(other))]
    assert.deepEqual(
      rows.map(({ status, reason }) => [status, reason]),
      [
        ['SENT', null],
        ['CANCELLED', 'daily_cap'],
      ]
    )
  })

  test('never passes the daily cap with a row that is claimed and not yet attempted', async ({ assert }) => {
    await world.set(dailyCap, 1)
    await world.customer()
    await world.sending()
    await world.sending()
    const [inHand, next] = await world.due()
    await inHand.merge({ status: 'PROCESSING', claimedAt: world.clock.now() }).save()

    const decision = await world.firstDecision([next])

    assert.deepEqual(decision, { kind: 'cancel', reason: 'daily_cap' })
  })

  test('counts what was sent earlier today against the cap, not what admins tested', async ({ assert }) => {
    await world.set(dailyCap, 2)
    const customer = await world.customer()
    const sendTest = await world.make(SendTestBroadcast)
    const draft = await world.draft()
    const input = {
      broadcastId: draft.id,
      locale: 'en',
      variant: 'A',
      telegramId: customer.telegramId,
      actor: ADMIN,
    } as const
    await sendTest.handle(input)
    await sendTest.handle(input)
    await world.deliver()
    await world.completed()
    const second = await world.sending()
    const third = await world.sending()

    await world.deliver()

    const [secondRow] = await world.rows(second)
    const [thirdRow] = await world.rows(third)
    assert.deepEqual([secondRow.status, thirdRow.reason], ['SENT', 'daily_cap'])
  })

  test('puts off what quiet hours have overtaken', async ({ assert }) => {
    const customer = await world.customer({ timeZone: 'Europe/Kyiv' })
    const broadcast = await world.sending({ quietHours: { from: '22:00', to: '08:00' } })
    world.clock.moveTo(Date.UTC(2026, 5, 1, 19, 30))

    await world.deliver()

    const [row] = await world.rows(broadcast)
    assert.equal(row.customerId, customer.id)
    assert.deepEqual([row.status, row.reason, row.scheduledAt], ['PENDING', 'quiet_hours', Date.UTC(2026, 5, 2, 5)])
    await world.windUp()
    await broadcast.refresh()
    assert.equal(broadcast.status, 'sending')
  })

  test('sends nothing that has become too long', async ({ assert }) => {
    const customer = await world.customer({ firstName: 'A' })
    const broadcast = await world.sending({ variants: [text(`${'x'.repeat(4090)}{first_name}`)] })
    await db.from('customers').where('id', customer.id).update({ first_name: 'Anastasia' })
    await world.deliver()
    const [row] = await world.rows(broadcast)
    assert.deepEqual([row.status, row.reason], ['CANCELLED', 'too_long'])
  })

  test('keeps to the text with which it began', async ({ assert }) => {
    await world.customers(2)
    const broadcast = await world.sending({ variants: [text('first')] })
    const rows = await world.due()
    await world.decide(rows.slice(0, 1))
    await BroadcastVariant.query().where('broadcastId', broadcast.id).update({ html: 'tampered' })
    const decision = await world.firstDecision(rows.slice(1))
    assert.equal(decision.kind === 'send' && decision.message?.html, 'first')
  })

  test('rests while paused, and claimed rows stay as they were', async ({ assert }) => {
    await world.customers(2)
    const broadcast = await world.sending()
    const claimed = await world.due()
    const pause = await world.make(PauseBroadcast)
    await pause.handle({ broadcastId: broadcast.id, actor: ADMIN })

    assert.deepEqual(await world.content.sending(), [])
    const decisions = await world.decide(claimed)
    assert.deepEqual([...decisions.values()], [{ kind: 'hold' }, { kind: 'hold' }])

    const resume = await world.make(ResumeBroadcast)
    await resume.handle({ broadcastId: broadcast.id, actor: ADMIN })
    await world.deliver()
    await world.windUp()
    await broadcast.refresh()
    assert.equal(broadcast.status, 'completed')
    assert.containSubset(await world.counters(broadcast), { sent: 2 })
  })

  test('stops for good when cancelled; what was in flight still counts', async ({ assert }) => {
    const [first] = await world.customers(3)
    const broadcast = await world.sending()
    const [inFlight] = await world.due()
    await inFlight.merge({ status: 'PROCESSING' }).save()
    const cancel = await world.make(CancelBroadcast)
    await cancel.handle({ broadcastId: broadcast.id, actor: ADMIN })

    assert.deepEqual(await world.content.sending(), [])
    await world.windUp()
    await world.settle(inFlight, SENT)

    const rows = await world.rows(broadcast)
    assert.deepEqual(
      rows.map(({ status, reason }) => [status, reason]),
      [
        ['SENT', null],
        ['CANCELLED', 'broadcast_cancelled'],
        ['CANCELLED', 'broadcast_cancelled'],
      ]
    )
    assert.equal(rows[0].customerId, first.id)
    assert.containSubset(await world.counters(broadcast), { written: 3, sent: 1, cancelled: 2 })
    const resume = await world.make(ResumeBroadcast)
    const resumed = await resume.handle({ broadcastId: broadcast.id, actor: ADMIN })
    assert.isFalse(resumed.ok)
  })

  test('is completed when no row is open, and not before', async ({ assert }) => {
    const [one, , waits] = await world.customers(3)
    const broadcast = await world.sending()
    await world.deliver((row) => (row.customerId === one.id ? BLOCKED : row.customerId === waits.id ? null : UNKNOWN))
    await world.windUp()
    await broadcast.refresh()
    assert.equal(broadcast.status, 'sending')

    await world.deliver()
    await world.windUp()
    await broadcast.refresh()
    assert.deepEqual([broadcast.status, broadcast.completedAt], ['completed', world.clock.now()])
    assert.deepEqual(await world.counters(broadcast), {
      written: 3,
      sent: 1,
      blocked: 1,
      failed: 0,
      unknown: 1,
      cancelled: 0,
    })
  })

  test('of a test goes to the admin alone, first, at any hour, as it is saved', async ({ assert }) => {
    await world.customer()
    const other = await world.sending()
    const draft = await world.draft({
      quietHours: { from: '00:00', to: '23:59' },
      variants: [text('Hello'), text('Привіт, {first_name|друже}', { locale: 'uk' })],
    })
    const sendTest = await world.make(SendTestBroadcast)

    const sent = await sendTest.handle({
      broadcastId: draft.id,
      locale: 'uk',
      variant: 'A',
      telegramId: 4242,
      actor: ADMIN,
    })

    if (!sent.ok) throw new Error('No test was sent')
    const [first, second] = await world.content.sending()
    assert.deepEqual([first, second], [sent.value.id, other.id])
    const [row] = await world.rows(sent.value)
    assert.equal(row.chatId, 4242)
    const decision = await world.firstDecision([row])
    assert.equal(decision.kind === 'send' && decision.message?.html, 'Привіт, друже')
    await draft.refresh()
    assert.equal(draft.status, 'draft')
  })

  test('of a test is refused without a linked account or a text', async ({ assert }) => {
    const draft = await world.draft()
    const sendTest = await world.make(SendTestBroadcast)
    const input = { broadcastId: draft.id, locale: 'en', variant: 'A', telegramId: null, actor: ADMIN } as const
    const unlinked = await sendTest.handle(input)
    const missing = await sendTest.handle({ ...input, locale: 'ru', telegramId: 1 })
    assert.equal(!unlinked.ok && unlinked.refusal.code, 'telegram_not_linked')
    assert.equal(!missing.ok && missing.refusal.code, 'content_missing')
    assert.isNull(await db.from('notifications').first())
  })

  test('defers nobody who is awake', async ({ assert }) => {
    await world.customer({ timeZone: 'UTC' })
    const broadcast = await world.sending({ quietHours: { from: '22:00', to: '08:00' } })
    world.clock.advance(HOUR)
    await world.deliver()
    const [row] = await world.rows(broadcast)
    assert.equal(row.status, 'SENT')
  })
})
