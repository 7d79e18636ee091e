import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { EditSentBroadcast } from '#broadcasts/actions/edit_sent_broadcast'
import { ResendUnknown } from '#broadcasts/actions/resend_unknown'
import { RetryFailed } from '#broadcasts/actions/retry_failed'
import { UnsendBroadcast } from '#broadcasts/actions/unsend_broadcast'
import type Broadcast from '#broadcasts/models/broadcast'
import {
  ADMIN,
  BLOCKED,
  BROKEN,
  BroadcastWorld,
  SENT,
  text,
  UNKNOWN,
  type Answer,
} from '#tests/support/broadcasts/world'
import { HOUR } from '#tests/support/test_clock'

test.group('After a broadcast was sent', (group) => {
  const world = new BroadcastWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  /** One customer for each answer. */
  const completedWith = async (answers: Answer[], input: Parameters<BroadcastWorld['completed']>[0] = {}) => {
    const customers = await world.customers(answers.length, { language: 'en' })
    const broadcast = await world.completed(
      input,
      (row) => answers[customers.findIndex(({ id }) => id === row.customerId)]
    )
    return { broadcast, customers }
  }
  const on = (broadcast: Broadcast) => ({ broadcastId: broadcast.id, actor: ADMIN })
  const statuses = async (broadcast: Broadcast, operation = 'send') => {
    const rows = await world.rows(broadcast, operation)
    return rows.map(({ status }) => status)
  }
  const refusalOf = (result: { ok: boolean }) => ('refusal' in result ? (result.refusal as any).code : null)

  test('exactly the failed ones are tried again', async ({ assert }) => {
    const { broadcast, customers } = await completedWith([SENT, BLOCKED, BROKEN, UNKNOWN])
    await db.from('customers').where('id', customers[1].id).update({ unreachable_at: 1 })
    const retry = await world.make(RetryFailed)

    await retry.handle(on(broadcast))
    await world.fanOut()

    const open = await world.due()
    assert.deepEqual(
      open.map((row) => row.customerId),
      [customers[1].id, customers[2].id]
    )
    assert.containSubset(open[0].serialize(), { attempts: 0, error: null, attemptedAt: null })
    assert.deepEqual(await world.counters(broadcast), {
      written: 4,
      sent: 1,
      blocked: 0,
      failed: 0,
      unknown: 1,
      cancelled: 0,
    })

    await world.deliver()
    await world.windUp()
    assert.deepEqual(await statuses(broadcast), ['SENT', 'SENT', 'SENT', 'UNKNOWN'])
    assert.containSubset(await world.counters(broadcast), { sent: 3, blocked: 0, failed: 0, unknown: 1 })
    await broadcast.refresh()
    assert.equal(broadcast.status, 'completed')
    assert.equal(refusalOf(await retry.handle(on(broadcast))), 'nothing_to_retry')
  })

  test('exactly the unknown ones are sent again', async ({ assert }) => {
    const { broadcast, customers } = await completedWith([SENT, BLOCKED, UNKNOWN])
    const resend = await world.make(ResendUnknown)

    await resend.handle(on(broadcast))
    await world.fanOut()
    const open = await world.due()
    await world.deliver()
    await world.windUp()

    assert.deepEqual(
      open.map((row) => row.customerId),
      [customers[2].id]
    )
    assert.deepEqual(await statuses(broadcast), ['SENT', 'PERMANENT_FAILURE', 'SENT'])
    assert.equal(refusalOf(await resend.handle(on(broadcast))), 'nothing_to_resend')
  })

  test('a retry gives nobody a key that another broadcast has used meanwhile', async ({ assert }) => {
    const { broadcast, customers } = await completedWith([BLOCKED, BLOCKED], { sendOnceKey: 'once' })
    const audience = { kind: 'customer' as const, customerId: customers[0].id }
    await world.completed({ sendOnceKey: 'once', audience })
    const retry = await world.make(RetryFailed)

    await retry.handle(on(broadcast))
    await world.fanOut()
    await world.deliver()

    assert.deepEqual(await statuses(broadcast), ['PERMANENT_FAILURE', 'SENT'])
  })

  test('its text is edited in the chats it reached', async ({ assert }) => {
    const { broadcast, customers } = await completedWith([SENT, BLOCKED, SENT])
    const sent = await world.rows(broadcast)
    const edit = await world.make(EditSentBroadcast)

    const edited = await edit.handle({ ...on(broadcast), variants: [text('Corrected, {first_name}')] })
    await world.fanOut()

    assert.isTrue(edited.ok)
    const rows = await world.rows(broadcast, 'edit')
    assert.deepEqual(
      rows.map((row) => row.customerId),
      [customers[0].id, customers[2].id]
    )
    assert.deepEqual(
      rows.map((row) => row.targetMessageId),
      [sent[0].telegramMessageId, sent[2].telegramMessageId]
    )
    assert.deepEqual(
      rows.map((row) => row.broadcastVersion),
      [2, 2]
    )
    const decision = await world.firstDecision(rows)
    assert.deepInclude(decision.kind === 'send' && decision.message, {
      html: `Corrected, ${customers[0].firstName}`,
      replacesPhoto: false,
    })
    await world.deliver()
    await world.windUp()
    assert.containSubset(await world.counters(broadcast, 'edit'), { written: 2, sent: 2 })
    assert.containSubset(await world.counters(broadcast), { written: 3, sent: 2, blocked: 1 })
  })

  test('who is tried again after an edit gets the edited text', async ({ assert }) => {
    const { broadcast } = await completedWith([SENT, BROKEN])
    const edit = await world.make(EditSentBroadcast)
    await edit.handle({ ...on(broadcast), variants: [text('Corrected')] })
    await world.fanOut()
    await world.deliver()
    await world.windUp()
    const retry = await world.make(RetryFailed)
    await retry.handle(on(broadcast))
    await world.fanOut()
    const decision = await world.firstDecision(await world.due())
    assert.equal(decision.kind === 'send' && decision.message?.html, 'Corrected')
  })

  test('an edit can replace an image, not add or remove one', async ({ assert }) => {
    for (const key of ['one', 'two']) {
      await db.table('media_files').insert({ key, path: key, mime: 'image/png', size: 1, sha256: 'x', created_at: 1 })
    }
    const { broadcast } = await completedWith([SENT], { variants: [text('Look', { mediaKey: 'one' })] })
    const edit = await world.make(EditSentBroadcast)

    const removed = await edit.handle({ ...on(broadcast), variants: [text('Look')] })
    const changed = await edit.handle({ ...on(broadcast), variants: [text('Look', { mediaKey: 'two' })] })
    await world.fanOut()

    assert.equal(refusalOf(removed), 'image_added_or_removed')
    assert.isTrue(changed.ok)
    const decision = await world.firstDecision(await world.rows(broadcast, 'edit'))
    assert.deepInclude(decision.kind === 'send' && decision.message, { photo: 'two', replacesPhoto: true })
  })

  test('an edit with broken markup or without the default language changes nothing', async ({ assert }) => {
    const { broadcast } = await completedWith([SENT])
    const edit = await world.make(EditSentBroadcast)
    assert.equal(refusalOf(await edit.handle({ ...on(broadcast), variants: [text('<b>x')] })), 'problems')
    assert.equal(
      refusalOf(await edit.handle({ ...on(broadcast), variants: [text('x', { locale: 'uk' })] })),
      'content_missing'
    )
    await broadcast.refresh()
    assert.deepEqual([broadcast.status, broadcast.version], ['completed', 1])
  })

  test('its messages are deleted within 48 hours', async ({ assert }) => {
    const { broadcast, customers } = await completedWith([SENT, SENT, BLOCKED])
    const [first] = await world.rows(broadcast)
    await first.merge({ sentAt: world.clock.now() - 48 * HOUR }).save()
    const unsend = await world.make(UnsendBroadcast)

    await unsend.handle(on(broadcast))
    await world.fanOut()
    const rows = await world.rows(broadcast, 'delete')
    await world.deliver()
    await world.windUp()

    assert.deepEqual(
      rows.map((row) => row.customerId),
      [customers[1].id]
    )
    assert.containSubset(await world.counters(broadcast, 'delete'), { written: 1, sent: 1 })
    assert.equal(refusalOf(await unsend.handle(on(broadcast))), 'nothing_to_unsend')
  })

  test('a deletion that has waited too long is given up', async ({ assert }) => {
    const { broadcast } = await completedWith([SENT])
    const unsend = await world.make(UnsendBroadcast)
    await unsend.handle(on(broadcast))
    await world.fanOut()
    world.clock.advance(49 * HOUR)
    await world.deliver()
    const [row] = await world.rows(broadcast, 'delete')
    assert.deepEqual([row.status, row.reason], ['CANCELLED', 'too_old_to_delete'])
  })

  test('nothing more is done to it while it is being sent', async ({ assert }) => {
    await world.customer()
    const broadcast = await world.sending()
    for (const action of [
      await world.make(RetryFailed),
      await world.make(ResendUnknown),
      await world.make(UnsendBroadcast),
    ]) {
      assert.equal(refusalOf(await action.handle(on(broadcast))), 'wrong_status')
    }
  })
})
