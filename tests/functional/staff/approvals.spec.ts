import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import logger from '@adonisjs/core/services/logger'
import { Outbox } from '#core/contracts/outbox'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import type { ApprovalHandler } from '#core/contracts/approvals'
import { transaction } from '#core/database/transaction'
import type Admin from '#staff/models/admin'
import Approval from '#staff/models/approval'
import { ApprovalDesk } from '#staff/approvals/approval_desk'
import { ApprovalNews } from '#staff/approvals/approval_news'
import { ApproveRequest } from '#staff/actions/approve_request'
import { RejectRequest } from '#staff/actions/reject_request'
import { ExpireApprovals } from '#staff/ticks/expire_approvals'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { TestClock } from '#tests/support/test_clock'

const HOUR = 3_600_000

async function setUp(execute: ApprovalHandler['execute'] = async () => ok(), hooks: Partial<ApprovalHandler> = {}) {
  const clock = new TestClock()
  const audit = await app.container.make(Audit)
  const desk = new ApprovalDesk(clock, audit)
  const news = new ApprovalNews(await app.container.make(Outbox), desk, logger.use())
  desk.register({
    action: 'broadcast.schedule',
    permission: 'broadcasts.send',
    describe: async () => ({ title: 'x', facts: [] }),
    execute,
    ...hooks,
  })
  const [requester, approver] = [await createAdmin({ role: 'manager' }), await createAdmin({ role: 'manager' })]
  const request = (subjectId = 5) =>
    transaction((trx) =>
      desk.request(trx, {
        action: 'broadcast.schedule',
        subjectType: 'broadcast',
        subjectId,
        payload: { at: 1 },
        requestedBy: requester.id,
        expiresAt: clock.now() + HOUR,
      })
    )
  const approve = (approvalId: number, admin: Admin) =>
    new ApproveRequest(clock, audit, desk, news).handle({ approvalId, approverId: admin.id, actor: actorOf(admin) })
  return { clock, audit, desk, news, requester, approver, request, approve }
}

const actorOf = (admin: Admin): Actor => ({ type: 'admin', id: admin.id, name: admin.fullName })

test.group('Approvals', (group) => {
  group.each.setup(() => resetDatabase())

  test('when a second admin approves, the action runs once in the same transaction', async ({ assert }) => {
    const seen: unknown[] = []
    const { request, approve, approver } = await setUp(async (trx, approval) => {
      await trx.table('leases').insert({ name: 'ran', holder: 'x', fence: 1, acquired_at: 1, expires_at: 1 })
      seen.push(approval.payload)
      return ok()
    })
    const id = await request()

    assert.containsSubset(await approve(id, approver), { ok: true })
    assert.deepEqual(seen, [{ at: 1 }])
    assert.containsSubset(await approve(id, approver), { ok: false, refusal: { code: 'approval_decided' } })
    assert.lengthOf(seen, 1)
    const actions = await db.from('audit_entries').orderBy('id').select('action', 'subject_id')
    assert.deepEqual(
      actions.map(({ action }) => action),
      ['approval.requested', 'approval.approved']
    )
  })

  test('nobody approves their own request', async ({ assert }) => {
    const { request, approve, requester } = await setUp()
    assert.containsSubset(await approve(await request(), requester), { ok: false, refusal: { code: 'approval_own' } })
  })

  test('the approver needs the right that the action asks for', async ({ assert }) => {
    const { request, approve } = await setUp()
    const support = await createAdmin({ role: 'support' })
    assert.containsSubset(await approve(await request(), support), { refusal: { code: 'approval_not_allowed' } })
  })

  test('a requester who has lost the right since gets nothing executed', async ({ assert }) => {
    const { request, approve, requester, approver } = await setUp()
    const id = await request()
    await db.from('admins').where('id', requester.id).update({ role: 'support' })
    assert.containsSubset(await approve(id, approver), { refusal: { code: 'approval_requester_not_allowed' } })
  })

  test('an expired request is not executed', async ({ assert }) => {
    const { clock, request, approve, approver } = await setUp()
    const id = await request()
    clock.advance(HOUR)
    assert.containsSubset(await approve(id, approver), { refusal: { code: 'approval_expired' } })
  })

  test('when the rules refuse at execution, nothing is left behind and it stays pending', async ({ assert }) => {
    const { request, approve, approver } = await setUp(async (trx) => {
      await trx.table('leases').insert({ name: 'half', holder: 'x', fence: 1, acquired_at: 1, expires_at: 1 })
      return refuse('date_in_past')
    })
    const id = await request()

    assert.containsSubset(await approve(id, approver), { ok: false, refusal: { code: 'date_in_past' } })
    assert.isNull(await db.from('leases').first())
    assert.containsSubset(await Approval.findOrFail(id), { status: 'pending' })
  })

  test('two admins who approve at the same moment execute it once', async ({ assert }) => {
    let runs = 0
    const { request, approve, approver } = await setUp(async () => {
      runs++
      return ok()
    })
    const other = await createAdmin()
    const id = await request()

    const results = await Promise.all([approve(id, approver), approve(id, other)])
    assert.equal(results.filter((result) => result.ok).length, 1)
    assert.equal(runs, 1)
  })

  test('a new request for the same subject takes the place of the earlier one', async ({ assert }) => {
    const { request, approve, approver } = await setUp()
    const [first, second, other] = [await request(), await request(), await request(6)]

    assert.containsSubset(await approve(first, approver), { refusal: { code: 'approval_decided' } })
    const statuses = await Approval.query().orderBy('id')
    assert.deepEqual(
      statuses.map(({ id, status }) => [id, status]),
      [
        [first, 'withdrawn'],
        [second, 'pending'],
        [other, 'pending'],
      ]
    )
  })

  test('what changed meanwhile is withdrawn', async ({ assert }) => {
    const { desk, request, approve, approver } = await setUp()
    const id = await request()
    await transaction((trx) => desk.withdraw(trx, 'broadcast', 5))
    assert.containsSubset(await approve(id, approver), { refusal: { code: 'approval_decided' } })
  })

  test('a rejection keeps its reason; a requester who rejects takes it back', async ({ assert }) => {
    const { clock, audit, desk, news, request, requester, approver } = await setUp()
    const reject = new RejectRequest(clock, audit, desk, news)
    const [first, second] = [await request(), await request(6)]

    await reject.handle({ approvalId: first, adminId: approver.id, note: ' too late ', actor: actorOf(approver) })
    await reject.handle({ approvalId: second, adminId: requester.id, note: null, actor: actorOf(requester) })

    assert.containsSubset(await Approval.findOrFail(first), { status: 'rejected', note: 'too late' })
    assert.containsSubset(await Approval.findOrFail(second), { status: 'withdrawn' })
    const again = await reject.handle({ approvalId: first, adminId: 1, note: null, actor: actorOf(approver) })
    assert.containsSubset(again, { refusal: { code: 'approval_decided' } })
  })

  test('rejecting takes the right of the action, taking back does not', async ({ assert }) => {
    const { clock, audit, desk, news, request, requester } = await setUp()
    const reject = new RejectRequest(clock, audit, desk, news)
    const support = await createAdmin({ role: 'support' })
    const id = await request()

    const refused = await reject.handle({ approvalId: id, adminId: support.id, note: null, actor: actorOf(support) })
    assert.containsSubset(refused, { refusal: { code: 'approval_not_allowed' } })
    assert.containsSubset(await Approval.findOrFail(id), { status: 'pending' })

    await db.from('admins').where('id', requester.id).update({ role: 'support' })
    const own = { approvalId: id, adminId: requester.id, note: null, actor: actorOf(requester) }
    assert.containsSubset(await reject.handle(own), { ok: true })
  })

  test('what nobody decided in time expires once, and its domain is told in the same transaction', async ({
    assert,
  }) => {
    const told: number[] = []
    const hooks: Partial<ApprovalHandler> = {
      expired: async (trx, { id }) => {
        told.push(id)
        await trx.table('leases').insert({ name: 'told', holder: 'x', fence: 1, acquired_at: 1, expires_at: 1 })
      },
    }
    const { clock, audit, desk, news, request, approve, approver } = await setUp(undefined, hooks)
    const id = await request()
    const tick = new ExpireApprovals(clock, audit, desk, news)
    const { signal } = new AbortController()
    await tick.run(signal)
    assert.isEmpty(told)

    clock.advance(HOUR)
    await tick.run(signal)
    await tick.run(signal)
    assert.deepEqual(told, [id])
    assert.containsSubset(await Approval.findOrFail(id), { status: 'expired' })
    assert.exists(await db.from('leases').where('name', 'told').first())
    assert.exists(await db.from('audit_entries').where('action', 'approval.expired').first())
    assert.containsSubset(await approve(id, approver), { refusal: { code: 'approval_expired' } })
  })

  test('refuses a request for an action that nobody executes', async ({ assert }) => {
    const desk = new ApprovalDesk(await app.container.make(Clock), await app.container.make(Audit))
    const request = { action: 'a', subjectType: 's', subjectId: 1, payload: {}, requestedBy: 1, expiresAt: 1 }
    await assert.rejects(() => transaction((trx) => desk.request(trx, request)), /handler/)
  })
})
