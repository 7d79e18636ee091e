import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Approvals } from '#core/contracts/approvals'
import type { Actor } from '#core/contracts/audit'
import { AdminFactory } from '#database/factories/admin_factory'
import { ApproveRequest } from '#staff/actions/approve_request'
import Approval from '#staff/models/approval'
import { RejectRequest } from '#staff/actions/reject_request'
import { ExpireApprovals } from '#staff/ticks/expire_approvals'
import { CancelBroadcast } from '#broadcasts/actions/cancel_broadcast'
import { ScheduleBroadcast } from '#broadcasts/actions/schedule_broadcast'
import { UnscheduleBroadcast } from '#broadcasts/actions/unschedule_broadcast'
import { ScheduleApproval } from '#broadcasts/lifecycle/approval'
import type { ScheduleInput } from '#broadcasts/input'
import Broadcast from '#broadcasts/models/broadcast'
import { approvalRequired } from '#broadcasts/settings'
import { BroadcastWorld, text } from '#tests/support/broadcasts/world'

test.group('Approval of a broadcast', (group) => {
  const world = new BroadcastWorld()
  let requester: Actor
  let approver: Actor

  group.each.setup(async () => {
    await world.setup()
    await world.set(approvalRequired, true)
    const approvals = await app.container.make(Approvals)
    approvals.register(await world.make(ScheduleApproval))
    const [one, other] = await AdminFactory.createMany(2)
    requester = { type: 'admin', id: one.id, name: one.fullName }
    approver = { type: 'admin', id: other.id, name: other.fullName }
    return () => world.teardown()
  })

  async function givenRequest(when: ScheduleInput = { mode: 'now' }) {
    await world.customer()
    const broadcast = await world.draft()
    const schedule = await world.make(ScheduleBroadcast)
    const asked = await schedule.handle({ broadcastId: broadcast.id, when, actor: requester })
    if (!asked.ok) throw new Error(asked.refusal.code)
    return broadcast.refresh()
  }

  async function approve(actor: Actor) {
    const approval = await Approval.query().orderBy('id', 'desc').firstOrFail()
    const action = await world.make(ApproveRequest)
    const result = await action.handle({ approvalId: approval.id, approverId: actor.id!, actor })
    return result.ok ? null : result.refusal.code
  }

  test('is waited for before anything is sent', async ({ assert }) => {
    const broadcast = await givenRequest()
    assert.equal(broadcast.status, 'awaiting_approval')
    await world.start()
    assert.lengthOf(await world.rows(broadcast), 0)

    assert.isNull(await approve(approver))
    await world.start()

    await broadcast.refresh()
    assert.deepEqual([broadcast.status, broadcast.approvedBy], ['sending', approver.id])
    assert.lengthOf(await world.rows(broadcast), 1)
  })

  test('is told in words what it would do')
    .with([
      { when: { mode: 'now' }, time: 'As soon as it is approved' },
      {
        when: { mode: 'moment', local: '2026-06-02T10:00', zone: 'Europe/Kyiv' },
        time: '2026-06-02 10:00 (Europe/Kyiv)',
      },
      {
        when: { mode: 'local', local: '2026-06-02T10:00', zone: 'Europe/Kyiv' },
        time: '2026-06-02 10:00 in each customer’s zone',
      },
    ] as const)
    .run(async ({ assert }, { when, time }) => {
      await givenRequest(when)
      const handler = await world.make(ScheduleApproval)
      const { subjectId, payload } = await Approval.firstOrFail()
      const { facts } = await handler.describe({ subjectId, payload } as any)
      assert.deepEqual(facts, [
        { label: 'Audience', value: 'All customers' },
        { label: 'Time', value: time },
      ])
    })

  test('is not the requester’s own to give', async ({ assert }) => {
    const broadcast = await givenRequest()
    assert.equal(await approve(requester), 'approval_own')
    await broadcast.refresh()
    assert.equal(broadcast.status, 'awaiting_approval')
  })

  test('checks the rules again', async ({ assert }) => {
    const broadcast = await givenRequest()
    await Broadcast.query()
      .where('id', broadcast.id)
      .update({ revision: broadcast.revision + 1 })
    assert.equal(await approve(approver), 'stale')
    await Broadcast.query().where('id', broadcast.id).update({ revision: broadcast.revision })
    await db.from('customers').update({ banned_at: 1 })
    assert.equal(await approve(approver), 'empty_audience')
  })

  test('checks the content again, which customers may have outgrown', async ({ assert }) => {
    await world.customer()
    const draft = await world.draft({ variants: [text(`${'x'.repeat(4050)}{first_name}`)] })
    const schedule = await world.make(ScheduleBroadcast)
    const asked = await schedule.handle({ broadcastId: draft.id, when: { mode: 'now' }, actor: requester })
    assert.isTrue(asked.ok)
    await db.from('customers').update({ first_name: 'n'.repeat(60) })

    assert.equal(await approve(approver), 'too_long_after_filling')
    await draft.refresh()
    assert.equal(draft.status, 'awaiting_approval')
  })

  test('that is {$self} makes a draft of it again')
    .with(['rejected', 'expired'])
    .run(async ({ assert }, how) => {
      const broadcast = await givenRequest()
      const { id, expiresAt } = await Approval.firstOrFail()
      if (how === 'rejected') {
        const reject = await world.make(RejectRequest)
        await reject.handle({ approvalId: id, adminId: approver.id!, note: null, actor: approver })
      } else {
        world.clock.moveTo(expiresAt)
        const tick = await world.make(ExpireApprovals)
        await tick.run(world.never)
      }
      await broadcast.refresh()
      assert.equal(broadcast.status, 'draft')
      assert.containsSubset(await Approval.findOrFail(id), { status: how as 'rejected' })
      assert.exists(await db.from('audit_entries').where('action', 'broadcast.unscheduled').first())
    })

  test('is withdrawn with the broadcast', async ({ assert }) => {
    const taken = await givenRequest()
    const unschedule = await world.make(UnscheduleBroadcast)
    await unschedule.handle({ broadcastId: taken.id, actor: requester })
    assert.equal(await approve(approver), 'approval_decided')
    await taken.refresh()
    assert.equal(taken.status, 'draft')

    const cancelled = await givenRequest()
    const cancel = await world.make(CancelBroadcast)
    await cancel.handle({ broadcastId: cancelled.id, actor: requester })
    assert.equal(await approve(approver), 'approval_decided')
  })
})
