import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { Result } from '#core/result'
import type Market from '#markets/models/market'
import MarketSettlement from '#markets/models/market_settlement'
import { settlementApprovalAbove } from '#markets/settings'
import { Settlements } from '#markets/settlement/settlements'
import { ApproveRequest } from '#staff/actions/approve_request'
import { RejectRequest } from '#staff/actions/reject_request'
import type Admin from '#staff/models/admin'
import { ExpireApprovals } from '#staff/ticks/expire_approvals'
import { accepted } from '#tests/support/ledger'
import { adminActor, SettlingWorld } from '#tests/support/markets/settling_world'
import { createAdmin } from '#tests/support/staff'
import { DAY, HOUR } from '#tests/support/test_clock'

const refused = (code: string) => ({ ok: false, refusal: { code } })

test.group('A settlement above the sum that one admin may decide', (group) => {
  const world = new SettlingWorld()
  let [requester, approver]: Admin[] = []
  group.each.setup(async () => {
    await world.setup()
    ;[requester, approver] = [await createAdmin({ role: 'manager' }), await createAdmin({ role: 'manager' })]
    await world.set(settlementApprovalAbove, '50')
    return () => world.teardown()
  })

  /** A market on which two bets of 30 are staked: YES would pay 60. */
  const bettedOn = async () => {
    const market = await world.market()
    const [ann, bob] = [await world.customer(), await world.customer()]
    await world.taken(ann, market, 'YES', 30)
    await world.taken(bob, market, 'NO', 30)
    return { market, ann }
  }
  const asked = async (market: Market) => {
    const { status, settlement } = accepted(await world.resolve(market, 'YES', { actor: adminActor(requester) }))
    return { status, settlement, approvalId: settlement.approvalId! }
  }
  const approve = async (approvalId: number, admin: Admin): Promise<Result<unknown>> => {
    const action = await world.make(ApproveRequest)
    return action.handle({ approvalId, approverId: admin.id, actor: adminActor(admin) })
  }

  test('waits, closed for bets, until a second admin agrees; then it is carried out', async ({ assert }) => {
    const { market, ann } = await bettedOn()
    const { status, settlement, approvalId } = await asked(market)
    assert.deepEqual([status, settlement.status], ['awaiting_approval', 'waiting'])
    await market.refresh()
    assert.equal(market.status, 'closed')
    assert.containsSubset(await world.bet(ann, market, 'YES', 1), refused('market_not_open'))
    assert.containsSubset(await world.resolve(market, 'NO'), refused('settlement_waiting'))
    assert.containsSubset(await world.cancel(market), refused('settlement_waiting'))

    assert.containsSubset(await approve(approvalId, approver), { ok: true })

    await settlement.refresh()
    assert.containsSubset(settlement.$attributes, { status: 'running', approvedBy: approver.id })
    const settlements = await world.make(Settlements)
    await settlements.run(settlement.id)
    await market.refresh()
    assert.deepEqual([market.status, market.result], ['resolved', 'YES'])
    assert.deepEqual(await world.purse(ann), { bought: 103_000n, free: 0n })
    const entries = await db
      .from('audit_entries')
      .where('subject_type', 'market')
      .orderBy('id')
      .select('action', 'actor_id')
    assert.deepEqual(
      entries.map(({ action, actor_id: id }) => [action, id]),
      [
        ['approval.requested', requester.id],
        ['market.resolution_requested', requester.id],
        ['market.resolved', approver.id],
        ['approval.approved', approver.id],
        ['market.settled', null],
      ]
    )
  })

  test('nobody agrees to their own', async ({ assert }) => {
    const { market } = await bettedOn()
    const { approvalId, settlement } = await asked(market)
    assert.containsSubset(await approve(approvalId, requester), refused('approval_own'))
    await settlement.refresh()
    assert.equal(settlement.status, 'waiting')
  })

  test('who may not resolve markets does not agree to it', async ({ assert }) => {
    const { market } = await bettedOn()
    const { approvalId } = await asked(market)
    const support = await createAdmin({ role: 'support' })
    assert.containsSubset(await approve(approvalId, support), refused('approval_not_allowed'))
  })

  test('exactly that sum needs nobody else', async ({ assert }) => {
    await world.set(settlementApprovalAbove, '60')
    const { market } = await bettedOn()
    const { status } = await asked(market)
    assert.equal(status, 'running')
  })

  test('rejected, the market takes bets again', async ({ assert }) => {
    const { market, ann } = await bettedOn()
    const { approvalId, settlement } = await asked(market)
    const reject = await world.make(RejectRequest)
    await reject.handle({ approvalId, adminId: approver.id, note: 'Too early', actor: adminActor(approver) })

    await settlement.refresh()
    assert.equal(settlement.status, 'withdrawn')
    await market.refresh()
    assert.deepEqual([market.status, market.closedAt], ['active', null])
    await world.taken(ann, market, 'YES', 1)
    accepted(await world.resolve(market, 'NO', { actor: adminActor(requester) }))
  })

  test('lapsed after the end has come, the market stays closed', async ({ assert }) => {
    const { market } = await bettedOn()
    const { settlement } = await asked(market)
    world.clock.advance(8 * DAY)
    const expire = await world.make(ExpireApprovals)
    await expire.run(new AbortController().signal)

    await settlement.refresh()
    await market.refresh()
    assert.deepEqual([settlement.status, market.status], ['withdrawn', 'closed'])
  })

  test('rules are checked again: a reversal whose time is over meanwhile is refused', async ({ assert }) => {
    const { market } = await bettedOn()
    await world.done(world.resolve(market, 'YES', { actor: { type: 'system', id: null, name: 'system' } }))
    const { status, settlement } = accepted(await world.reverse(market, { actor: adminActor(requester) }))
    assert.equal(status, 'awaiting_approval')
    await market.refresh()
    assert.equal(market.status, 'resolved')

    world.clock.advance(72 * HOUR)
    assert.containsSubset(await approve(settlement.approvalId!, approver), refused('reversal_window_over'))
    world.clock.advance(-HOUR)
    assert.containsSubset(await approve(settlement.approvalId!, approver), { ok: true })
  })

  test('what is agreed to is what was asked for', async ({ assert }) => {
    const { market } = await bettedOn()
    const { approvalId, settlement } = await asked(market)
    await db.from('markets').where('id', market.id).update({ yes_bets: 7 })
    assert.containsSubset(await approve(approvalId, approver), refused('preview_stale'))
    await db.from('markets').where('id', market.id).update({ yes_bets: 1 })
    await MarketSettlement.query().where('id', settlement.id).update({ status: 'withdrawn' })
    assert.containsSubset(await approve(approvalId, approver), refused('settlement_not_waiting'))
  })
})
