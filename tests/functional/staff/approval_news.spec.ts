import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Approvals } from '#core/contracts/approvals'
import type { Actor } from '#core/contracts/audit'
import { MessageComposer } from '#core/contracts/message_composer'
import { ok } from '#core/result'
import { transaction } from '#core/database/transaction'
import { CustomerFactory } from '#database/factories/customer_factory'
import Notification from '#notifications/models/notification'
import type Admin from '#staff/models/admin'
import { ApproveRequest } from '#staff/actions/approve_request'
import { RejectRequest } from '#staff/actions/reject_request'
import { ExpireApprovals } from '#staff/ticks/expire_approvals'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { HOUR, TestClock } from '#tests/support/test_clock'

const TELEGRAM_ID = 5_000_000_001
const actorOf = (admin: Admin): Actor => ({ type: 'admin', id: admin.id, name: admin.fullName })

test.group('Approvals: the requester hears', (group) => {
  let clock: TestClock
  let requester: Admin
  let approver: Admin

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    clock = new TestClock()
    app.container.swap(Clock, () => clock)
    const approvals = await app.container.make(Approvals)
    approvals.register({
      action: 'test.thing',
      permission: 'broadcasts.send',
      describe: async () => ({ title: 'Sale & <more>', facts: [] }),
      execute: async () => ok(),
    })
    requester = await createAdmin()
    approver = await createAdmin()
    await requester.merge({ telegramId: TELEGRAM_ID }).save()
    return () => app.container.restore(Clock)
  })

  async function givenRequest() {
    const approvals = await app.container.make(Approvals)
    const request = { action: 'test.thing', subjectType: 'thing', subjectId: 1, payload: {} }
    return transaction((trx) =>
      approvals.request(trx, { ...request, requestedBy: requester.id, expiresAt: clock.now() + HOUR })
    )
  }

  async function reject(approvalId: number, admin: Admin, note: string | null = null) {
    const action = await app.container.make(RejectRequest)
    return action.handle({ approvalId, adminId: admin.id, note, actor: actorOf(admin) })
  }

  async function expire() {
    clock.advance(HOUR)
    const tick = await app.container.make(ExpireApprovals)
    await tick.run(new AbortController().signal)
  }

  /** What was told, as a reader of that language would get it. */
  async function told(language: string) {
    const rows = await Notification.query().orderBy('id')
    const composer = await app.container.make(MessageComposer)
    return rows.map((row) => composer.compose(language, row.template!, row.params!, []).html)
  }

  test('that it was approved', async ({ assert }) => {
    const approvalId = await givenRequest()
    const action = await app.container.make(ApproveRequest)
    await action.handle({ approvalId, approverId: approver.id, actor: actorOf(approver) })
    assert.deepEqual(await told('en'), ['✅ Your request was approved and carried out: <b>Sale &amp; &lt;more&gt;</b>'])
  })

  test('that it was rejected and why, in their own language', async ({ assert }) => {
    const customer = await CustomerFactory.merge({ telegramId: TELEGRAM_ID, language: 'uk' }).create()
    await reject(await givenRequest(), approver, 'Too early')
    const [row] = await Notification.all()
    assert.containsSubset(row.serialize(), { type: 'ADMIN_ALERT', chatId: TELEGRAM_ID, customerId: customer.id })
    assert.deepEqual(await told('uk'), ['❌ Ваш запит відхилено: <b>Sale &amp; &lt;more&gt;</b>\n\nПричина: Too early'])
  })

  test('no reason where none was given', async ({ assert }) => {
    await reject(await givenRequest(), approver)
    assert.deepEqual(await told('ru'), ['❌ Ваш запрос отклонён: <b>Sale &amp; &lt;more&gt;</b>'])
  })

  test('that it lapsed, once', async ({ assert }) => {
    await givenRequest()
    await expire()
    await expire()
    assert.deepEqual(await told('en'), [
      '⌛️ Your request was not decided in time and has lapsed: <b>Sale &amp; &lt;more&gt;</b>',
    ])
  })

  test('nothing of a request taken back, without a linked account, or when disabled', async ({ assert }) => {
    await reject(await givenRequest(), requester)
    await requester.merge({ telegramId: null }).save()
    await reject(await givenRequest(), approver)
    await requester.merge({ telegramId: TELEGRAM_ID, disabledAt: 1 }).save()
    await givenRequest()
    await expire()
    assert.isEmpty(await told('en'))
  })

  test('of a request whose subject is gone by its name', async ({ assert }) => {
    const approvalId = await givenRequest()
    const approvals = await app.container.make(Approvals)
    const describe = () => Promise.reject(new Error('gone'))
    approvals.register({ action: 'test.thing', permission: 'broadcasts.send', describe, execute: async () => ok() })
    await reject(approvalId, approver)
    assert.deepEqual(await told('en'), ['❌ Your request was rejected: <b>test.thing</b>'])
    assert.lengthOf(await db.from('approvals').where('status', 'rejected'), 1)
  })
})
