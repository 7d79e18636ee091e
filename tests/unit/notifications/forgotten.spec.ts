import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { AnonymiseCustomer } from '#customers/actions/anonymise_customer'
import type Customer from '#customers/models/customer'
import { CustomerFactory } from '#database/factories/customer_factory'
import { RetryNotifications, RETRYABLE } from '#notifications/actions/retry_notifications'
import { ChosenNotificationsQuery } from '#notifications/queries/chosen_notifications_query'
import { ForgetMessages } from '#notifications/ticks/forget_messages'
import { resetDatabase } from '#tests/support/database'
import { broadcastRow, insertRow } from '#tests/support/telegram/outbox_rows'
import { TestClock } from '#tests/support/test_clock'

const SYSTEM = { type: 'system', id: null, name: 'system' } as const

test.group('Messages of a customer who is forgotten', (group) => {
  let clock: TestClock
  let customer: Customer

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    clock = new TestClock()
    app.container.swap(Clock, () => clock)
    customer = await CustomerFactory.create()
    return () => app.container.restore(Clock)
  })

  const given = (columns: Record<string, unknown>) => insertRow({ customer_id: customer.id, ...columns })

  async function forget() {
    const anonymise = await app.container.make(AnonymiseCustomer)
    await anonymise.handle({ customerId: customer.id, actor: SYSTEM })
  }

  async function tick() {
    const forgetMessages = await app.container.make(ForgetMessages)
    await forgetMessages.run(new AbortController().signal)
  }

  async function stateOf(id: number) {
    const row = await db.from('notifications').where('id', id).first()
    return [row.status, row.reason, row.params === null ? 'no words' : 'words']
  }

  test('given what waits, when forgotten, then it is not sent and its words are gone')
    .with(['PENDING', 'FAILED'])
    .run(async ({ assert }, status) => {
      const id = await given({ type: 'SUPPORT', status })
      await forget()
      assert.deepEqual(await stateOf(id), ['CANCELLED', 'anonymised', 'no words'])
    })

  test('given what has ended, when forgotten, then that it was stays and its words are gone')
    .with(['SENT', 'PERMANENT_FAILURE', 'UNKNOWN', 'CANCELLED'])
    .run(async ({ assert }, status) => {
      const id = await given({ status, type: 'PAYMENT' })
      await forget()
      assert.deepEqual(await stateOf(id), [status, null, 'no words'])
    })

  test('given news of money, when forgotten, then it is still told and loses its words after that')
    .with(['PAYMENT', 'ORDER'])
    .run(async ({ assert }, type) => {
      const id = await given({ type })
      await forget()
      await tick()
      assert.deepEqual(await stateOf(id), ['PENDING', null, 'words'])
      await db.from('notifications').where('id', id).update({ status: 'SENT' })
      await tick()
      assert.deepEqual(await stateOf(id), ['SENT', null, 'no words'])
    })

  test('given a message in the sender’s hands, when forgotten, then it is dealt with once it is out of them')
    .with([
      { becomes: 'SENT', state: ['SENT', null, 'no words'] },
      { becomes: 'FAILED', state: ['CANCELLED', 'anonymised', 'no words'] },
    ])
    .run(async ({ assert }, { becomes, state }) => {
      const id = await given({ type: 'SUPPORT', status: 'PROCESSING', claimed_by: 'x' })
      await forget()
      await tick()
      assert.deepEqual(await stateOf(id), ['PROCESSING', null, 'words'])
      await db.from('notifications').where('id', id).update({ status: becomes })
      await tick()
      assert.deepEqual(await stateOf(id), state)
    })

  test('given others and rows of broadcasts, when one is forgotten, then they stay', async ({ assert }) => {
    const other = await insertRow({ type: 'SUPPORT' })
    const ofBroadcast = await given({ ...broadcastRow(), status: 'PENDING' })
    await forget()
    await tick()
    assert.deepEqual(await stateOf(other), ['PENDING', null, 'words'])
    const [status] = await stateOf(ofBroadcast)
    assert.equal(status, 'PENDING')
  })

  test('given messages without words, when an admin wants them sent again, then they are left out', async ({
    assert,
  }) => {
    const ids = [await given({ status: 'CANCELLED' }), await insertRow({ status: 'CANCELLED' })]
    await forget()
    const chosen = await new ChosenNotificationsQuery().run(ids, RETRYABLE, { toSendAgain: true })
    assert.deepEqual(chosen, { affected: [{ status: 'CANCELLED', total: 1 }], others: 1, broadcasts: 0 })
    const retry = await app.container.make(RetryNotifications)
    assert.equal(await retry.handle({ ids, actor: SYSTEM }), 1)
    const states = await Promise.all(ids.map((id) => stateOf(id)))
    assert.deepEqual(
      states.map(([status]) => status),
      ['CANCELLED', 'PENDING']
    )
  })
})
