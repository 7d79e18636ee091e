import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { paidBroadcasts } from '#notifications/settings'
import { resetDatabase } from '#tests/support/database'
import { refusal } from '#tests/support/telegram/receiver'
import { broadcastRow, countOf, insertRow, insertRows, rowOf, valueOf } from '#tests/support/telegram/outbox_rows'
import { SenderWorld } from '#tests/support/telegram/sender_world'

test.group('Sender of broadcasts', (group) => {
  let world: SenderWorld
  group.each.setup(async () => {
    await resetDatabase()
    world = await new SenderWorld().open()
    return () => world.close()
  })

  const untilStatus = (id: number, status: string) =>
    world.sendUntil(async () => (await valueOf(id, 'status')) === status)

  test('asks about every row before it is sent', async ({ assert }) => {
    const [kept, put, dropped, last] = await insertRows(4, () => broadcastRow())
    const until = Date.now() + 3_600_000
    world.broadcasts.decide = ({ id }) => {
      if (id === kept) return { kind: 'hold' }
      if (id === put) return { kind: 'defer', until, reason: 'quiet_hours' }
      if (id === dropped) return { kind: 'cancel', reason: 'opted_out' }
      return { kind: 'send', message: { html: 'news' } }
    }

    await world.sendUntil(async () => (await countOf('SENT')) === 1 && (await countOf('CANCELLED')) === 1)

    assert.include(await rowOf(kept), { status: 'PENDING', attempts: 0 })
    assert.include(await rowOf(put), { status: 'PENDING', attempts: 0, scheduled_at: until, reason: 'quiet_hours' })
    assert.include(await rowOf(dropped), { status: 'CANCELLED', reason: 'opted_out', attempts: 0 })
    assert.include(await rowOf(last), { status: 'SENT' })
    assert.deepEqual(
      world.broadcasts.outcomes.map(({ rowId, status }) => [rowId, status]).sort(),
      [
        [dropped, 'CANCELLED'],
        [last, 'SENT'],
      ].sort()
    )
  })

  test('given rows that can not be worded, then they fail alone and the admins hear of it once', async ({ assert }) => {
    const payment = await insertRow({ priority: 10, chat_id: 5 })
    const rows = await insertRows(4, () => broadcastRow())
    const broken = rows.slice(0, 2)
    world.broadcasts.decide = ({ id }) => {
      if (broken.includes(id)) throw new TypeError('the block has no text')
      return { kind: 'send', message: { html: 'news' } }
    }

    await world.sendUntil(async () => (await countOf('SENT')) === 3 && (await countOf('PERMANENT_FAILURE')) === 2)

    assert.equal(await valueOf(payment, 'status'), 'SENT')
    for (const id of broken) assert.equal(await valueOf(id, 'error'), 'Not composed: the block has no text')
    assert.lengthOf(new Set(world.alerts.raised.map(({ fingerprint }) => fingerprint)), 1)
    assert.equal(world.alerts.raised[0].kind, 'broadcasts')
    assert.lengthOf(world.receiver.calls, 3)
  })

  test('given the database fails while rows are worded, then they wait and nothing is lost', async ({ assert }) => {
    const id = await insertRow(broadcastRow())
    let failures = 2
    world.broadcasts.decide = () => {
      if (failures-- > 0) throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
      return { kind: 'send', message: { html: 'news' } }
    }

    await untilStatus(id, 'SENT')

    assert.include(await rowOf(id), { attempts: 1, error: null })
    assert.isEmpty(world.alerts.raised)
  })

  test('a row that its room can’t word fails for good, the others go out', async ({ assert }) => {
    const [broken, last] = await insertRows(2, () => broadcastRow())
    world.broadcasts.decide = ({ id }) =>
      id === broken ? { kind: 'broken', error: 'no words' } : { kind: 'send', message: { html: 'news' } }

    await world.sendUntil(async () => (await countOf('SENT')) === 1 && (await countOf('PERMANENT_FAILURE')) === 1)

    assert.include(await rowOf(broken), { status: 'PERMANENT_FAILURE', error: 'Not composed: no words' })
    assert.include(await rowOf(last), { status: 'SENT' })
  })

  test('a paused broadcast stays where it is, another one goes on', async ({ assert }) => {
    await insertRows(50, () => broadcastRow(1))
    await insertRows(5, () => broadcastRow(2))
    world.broadcasts.ids = [2]

    await world.sendUntil(async () => (await countOf('SENT')) === 5)

    assert.equal(await countOf('PENDING'), 50)
  })

  test('a result and what is counted of it are stored together', async ({ assert }) => {
    let refusals = 2
    const record = world.broadcasts.record.bind(world.broadcasts)
    world.broadcasts.record = async (trx, outcomes) => {
      if (refusals-- > 0) throw new Error('the counters are locked')
      return record(trx, outcomes)
    }
    const id = await insertRow(broadcastRow())

    await untilStatus(id, 'SENT')

    assert.lengthOf(world.receiver.calls, 1)
    assert.lengthOf(world.broadcasts.outcomes, 1)
  })

  test('edits the text, the caption or the photo, and deletes', async ({ assert }) => {
    const target = { ...broadcastRow(), target_message_id: 77 }
    const [text, caption] = await insertRows(2, () => ({ ...target, operation: 'edit' }))
    const deletion = await insertRow({ ...target, operation: 'delete', chat_id: 3 })
    world.broadcasts.decide = ({ id }) => {
      if (id === deletion) return { kind: 'send', message: null }
      return { kind: 'send', message: { html: 'new', photo: id === caption ? 'sunset' : null } }
    }

    await world.sendUntil(async () => (await countOf('SENT')) === 3)

    const methods = new Map(world.receiver.calls.map(({ payload, method }) => [payload.chat_id, method]))
    assert.equal(methods.get(await valueOf(text, 'chat_id')), 'editMessageText')
    assert.equal(methods.get(await valueOf(caption, 'chat_id')), 'editMessageCaption')
    assert.equal(methods.get(3), 'deleteMessage')
    for (const { payload } of world.receiver.calls) assert.equal(payload.message_id, 77)
  })

  test('an edit that changes nothing is a success', async ({ assert }) => {
    world.receiver.answer(() => refusal(400, 'Bad Request: message is not modified: specified new message content'))
    const id = await insertRow({ ...broadcastRow(), operation: 'edit', target_message_id: 77 })

    await untilStatus(id, 'SENT')

    assert.isNull(await valueOf(id, 'error'))
  })

  test('spends Stars only on broadcasts that may, and only while it is switched on', async ({ assert }) => {
    world.broadcasts.decide = ({ broadcastId }) => ({
      kind: 'send',
      message: { html: `broadcast ${broadcastId}`, paid: broadcastId === 1 },
    })
    world.broadcasts.ids = [1, 2]
    await insertRows(3, (i) => ({ ...broadcastRow(1), chat_id: 10 + i }))
    await insertRow({ ...broadcastRow(2), chat_id: 20 })
    await insertRow({ chat_id: 30 })
    await switchOnPaid()

    await world.sendUntil(async () => (await countOf('SENT')) === 5)
    const paid = world.receiver.calls.filter(({ payload }) => payload.allow_paid_broadcast === true)

    assert.sameMembers(
      paid.map(({ payload }) => payload.chat_id),
      [10, 11, 12]
    )
  })

  test('goes on at the free pace when Telegram takes no Stars', async ({ assert }) => {
    world.broadcasts.decide = () => ({ kind: 'send', message: { html: 'news', paid: true } })
    world.receiver.answer(({ payload }) =>
      payload.allow_paid_broadcast ? refusal(400, 'Bad Request: not enough Stars on the balance') : undefined
    )
    await insertRows(30, () => broadcastRow())
    await switchOnPaid()

    await world.sendUntil(async () => (await countOf('SENT')) === 30)

    assert.equal(world.alerts.raised[0].kind, 'broadcasts')
    assert.lengthOf(world.alerts.raised, 1)
    assert.equal(await countOf('PERMANENT_FAILURE'), 0)
  })

  async function switchOnPaid() {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, paidBroadcasts, true))
  }
})
