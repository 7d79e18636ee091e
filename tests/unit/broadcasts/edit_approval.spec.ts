import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Approvals } from '#core/contracts/approvals'
import { SYSTEM_ACTOR, type Actor } from '#core/contracts/audit'
import { AdminFactory } from '#database/factories/admin_factory'
import { ApproveRequest } from '#staff/actions/approve_request'
import Approval from '#staff/models/approval'
import { RejectRequest } from '#staff/actions/reject_request'
import { EditSentBroadcast } from '#broadcasts/actions/edit_sent_broadcast'
import { UnsendBroadcast } from '#broadcasts/actions/unsend_broadcast'
import { EditApproval } from '#broadcasts/lifecycle/edit_approval'
import type { VariantInput } from '#broadcasts/input'
import type Broadcast from '#broadcasts/models/broadcast'
import { approvalRequired } from '#broadcasts/settings'
import { BroadcastWorld, text } from '#tests/support/broadcasts/world'

test.group('Approval of an edit', (group) => {
  const world = new BroadcastWorld()
  let requester: Actor
  let approver: Actor
  let sent: Broadcast

  group.each.setup(async () => {
    await world.setup()
    const approvals = await app.container.make(Approvals)
    approvals.register(await world.make(EditApproval))
    const [one, other] = await AdminFactory.createMany(2)
    requester = { type: 'admin', id: one.id, name: one.fullName }
    approver = { type: 'admin', id: other.id, name: other.fullName }
    await world.customers(2, { language: 'en' })
    sent = await world.completed()
    await world.set(approvalRequired, true)
    return () => world.teardown()
  })

  async function ask(variants: VariantInput[] = [text('Corrected, <b>{first_name}</b>')], actor = requester) {
    const edit = await world.make(EditSentBroadcast)
    return edit.handle({ broadcastId: sent.id, variants, actor })
  }

  async function approve(actor = approver) {
    const approval = await Approval.query().orderBy('id', 'desc').firstOrFail()
    const action = await world.make(ApproveRequest)
    const result = await action.handle({ approvalId: approval.id, approverId: actor.id!, actor })
    return result.ok ? null : result.refusal.code
  }

  async function state() {
    await sent.refresh()
    return [sent.status, sent.version, sent.run]
  }

  test('is waited for before anything changes in the chats', async ({ assert }) => {
    const asked = await ask()
    assert.isTrue(asked.ok && asked.value.awaitsApproval)
    await world.fanOut()
    assert.deepEqual(await state(), ['completed', 1, 'send'])
    assert.isEmpty(await world.rows(sent, 'edit'))

    assert.equal(await approve(requester), 'approval_own')
    assert.isNull(await approve())
    assert.deepEqual(await state(), ['sending', 2, 'edit'])
    await world.fanOut()
    const rows = await world.rows(sent, 'edit')
    assert.lengthOf(rows, 2)
    const decision = await world.firstDecision(rows)
    assert.include(decision.kind === 'send' && decision.message!.html, 'Corrected, <b>')
    const actions = await db.from('audit_entries').orderBy('id').select('action')
    assert.deepEqual(
      actions.map(({ action }) => action).filter((action) => /edit|approval/.test(action)),
      ['approval.requested', 'broadcast.edit_requested', 'broadcast.sent_edited', 'approval.approved']
    )
  })

  test('shows the words that are agreed to', async ({ assert }) => {
    await ask([text('New <b>words</b>', { buttons: [[{ text: 'Shop', url: 'https://example.org/' }]] })])
    const handler = await world.make(EditApproval)
    const { title, facts } = await handler.describe(await Approval.firstOrFail())
    assert.equal(title, 'New text in chats: News')
    assert.deepEqual(facts, [
      { label: 'English', value: 'New <b>words</b>' },
      { label: 'English, buttons', value: 'Shop: https://example.org/' },
    ])
  })

  test('is asked for only what can be done', async ({ assert }) => {
    const missing = await ask([text('x', { locale: 'uk' })])
    assert.containsSubset(missing, { ok: false, refusal: { code: 'content_missing' } })
    assert.isNull(await Approval.first())
  })

  test('that is refused leaves what was sent', async ({ assert }) => {
    await ask()
    const { id } = await Approval.firstOrFail()
    const reject = await world.make(RejectRequest)
    const rejected = await reject.handle({ approvalId: id, adminId: approver.id!, note: null, actor: approver })
    assert.isTrue(rejected.ok)
    assert.deepEqual(await state(), ['completed', 1, 'send'])
  })

  test('is not given to what another edit has overtaken', async ({ assert }) => {
    await ask()
    await ask([text('Meanwhile')], SYSTEM_ACTOR)
    assert.equal(await approve(), 'wrong_status')
    await world.fanOut()
    await world.deliver()
    await world.windUp()
    assert.equal(await approve(), 'stale')
  })

  test('is not given to what was taken back meanwhile', async ({ assert }) => {
    await ask()
    const unsend = await world.make(UnsendBroadcast)
    await unsend.handle({ broadcastId: sent.id, actor: requester })
    await world.fanOut()
    await world.deliver()
    await world.windUp()
    assert.equal(await approve(), 'nothing_to_edit')
  })

  test('counts for the last wording only', async ({ assert }) => {
    await ask([text('First')])
    await ask([text('Second')])
    const [first] = await Approval.query().orderBy('id')
    assert.equal(first.status, 'withdrawn')
    assert.isNull(await approve())
    await world.fanOut()
    const decision = await world.firstDecision(await world.rows(sent, 'edit'))
    assert.equal(decision.kind === 'send' && decision.message!.html, 'Second')
  })
})
