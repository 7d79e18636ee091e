import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/contracts/audit'
import { newReference } from '#core/reference'
import { held, system, wallet, granted } from '#ledger/accounts'
import { AdjustBalance } from '#ledger/actions/adjust_balance'
import { ReverseTransfer } from '#ledger/actions/reverse_transfer'
import type { Adjustment } from '#ledger/adjustments/adjustment'
import LedgerTransfer from '#ledger/models/ledger_transfer'
import { ApproveRequest } from '#staff/actions/approve_request'
import type Admin from '#staff/models/admin'
import Approval from '#staff/models/approval'
import { resetDatabase } from '#tests/support/database'
import { accepted, balanceOf, fund, newCustomerId, pred, revenue, ton, transfer } from '#tests/support/ledger'
import { createAdmin } from '#tests/support/staff'

const TON = 1_000_000_000n

test.group('Ledger: adjustments', (group) => {
  let customerId: number
  let admin: Admin
  let actor: Actor

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    customerId = await newCustomerId()
    admin = await createAdmin({ role: 'finance' })
    actor = { type: 'admin', id: admin.id, name: admin.fullName }
  })

  const adjust = async (input: Partial<Adjustment> = {}) => {
    const action = await app.container.make(AdjustBalance)
    const adjustment = {
      reference: newReference(),
      customerId,
      account: 'wallet',
      change: ton(5n * TON),
      reason: 'Lost',
    }
    return action.handle({ ...(adjustment as Adjustment), ...input, actor })
  }
  const reverse = async (transferId: number, reason = 'Mistake') => {
    const action = await app.container.make(ReverseTransfer)
    return action.handle({ transferId, reason, actor })
  }
  const approve = async (by: Admin) => {
    const action = await app.container.make(ApproveRequest)
    const { id } = await Approval.query().orderBy('id', 'desc').firstOrFail()
    return action.handle({ approvalId: id, approverId: by.id, actor: { type: 'admin', id: by.id, name: by.fullName } })
  }
  const code = (result: { ok: boolean; refusal?: { code: string } }) => result.refusal?.code

  test('given a reason, when adjusted, then money, audit entry and message are one', async ({ assert }) => {
    const result = accepted(await adjust({ reason: '  Lost in June ' }))
    assert.equal(result.status, 'posted')
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 5n * TON)
    assert.equal(await balanceOf(system('adjustments', 'TON')), -5n * TON)
    const posted = await LedgerTransfer.firstOrFail()
    assert.containSubset(posted.$attributes, { kind: 'adjustment', note: 'Lost in June', actorId: admin.id })
    const audit = await db.from('audit_entries').where('action', 'ledger.adjusted').firstOrFail()
    assert.equal(audit.subject_id, String(customerId))
    const message = await db.from('notifications').where('customer_id', customerId).firstOrFail()
    assert.equal(message.template, 'balance_changed')
  })

  test('given a form that is sent twice, then it is one adjustment and one message', async ({ assert }) => {
    const reference = newReference()
    accepted(await adjust({ reference }))
    accepted(await adjust({ reference }))
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 5n * TON)
    assert.lengthOf(await db.from('notifications'), 1)
    assert.equal(code(await adjust({ reference, change: ton(1) })), 'idempotency_conflict')
  })

  test('given points, then they come from their issuance, granted or bought', async ({ assert }) => {
    accepted(await adjust({ account: 'granted', change: pred(500) }))
    accepted(await adjust({ account: 'granted', change: pred(-100) }))
    assert.equal(await balanceOf(granted(customerId)), 400n)
    assert.equal(await balanceOf(system('issuance', 'PRED')), -400n)
  })

  test('given bad input, then it is refused and nothing moves', async ({ assert }) => {
    assert.equal(code(await adjust({ reason: ' \n ' })), 'reason_required')
    assert.equal(code(await adjust({ reason: 'x'.repeat(501) })), 'reason_too_long')
    assert.equal(code(await adjust({ change: ton(0) })), 'amount_zero')
    assert.equal(code(await adjust({ account: 'granted' })), 'granted_pred_only')
    assert.equal(code(await adjust({ customerId: 987_654 })), 'customer_not_found')
    assert.equal(code(await adjust({ change: ton(-1) })), 'insufficient_funds')
    assert.equal(code(await adjust({ change: ton(-101n * TON) })), 'insufficient_funds')
    assert.lengthOf(await LedgerTransfer.all(), 0)
    assert.lengthOf(await Approval.all(), 0)
  })

  test('given more than one admin may move alone, then another has to agree', async ({ assert }) => {
    assert.equal(accepted(await adjust({ change: ton(100n * TON) })).status, 'posted')
    const asked = accepted(await adjust({ change: ton(100n * TON + 1n) }))
    assert.equal(asked.status, 'awaiting_approval')
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 100n * TON)

    assert.equal(code(await approve(admin)), 'approval_own')
    assert.equal(code(await approve(await createAdmin({ role: 'support' }))), 'approval_not_allowed')
    accepted(await approve(await createAdmin()))
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 200n * TON + 1n)
    const audit = await db.from('audit_entries').where('action', 'ledger.adjusted').orderBy('id', 'desc').firstOrFail()
    assert.include(JSON.stringify(audit.after), `requestedBy`)
  })

  test('given a request whose money is gone meanwhile, then the approval is refused and stays', async ({ assert }) => {
    await fund(customerId, ton(150n * TON))
    accepted(await adjust({ change: ton(-150n * TON) }))
    const posting = { from: wallet(customerId, 'TON'), to: revenue('TON'), amount: ton(1) }
    accepted(await transfer({ kind: 'purchase', postings: [posting] }))
    assert.equal(code(await approve(await createAdmin())), 'insufficient_funds')
    const { status } = await Approval.firstOrFail()
    assert.equal(status, 'pending')
  })

  test('given a transfer, when reversed, then its opposite names it, once', async ({ assert }) => {
    const { id } = await fund(customerId, ton(5n * TON))
    accepted(await reverse(id))
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 0n)
    assert.equal(await balanceOf(system('clearing:sandbox', 'TON')), 0n)
    const reversal = await LedgerTransfer.findByOrFail('kind', 'reversal')
    assert.equal(reversal.correctsId, id)
    assert.lengthOf(await db.from('audit_entries').where('action', 'ledger.reversed'), 1)
    assert.lengthOf(await db.from('notifications').where('customer_id', customerId), 1)

    assert.equal(code(await reverse(id)), 'already_reversed')
    assert.equal(code(await reverse(reversal.id)), 'transfer_not_reversible')
    assert.equal(code(await reverse(999)), 'transfer_not_found')
    assert.equal(code(await reverse(id, '')), 'reason_required')
  })

  test('given a transfer of which part was refunded, when reversed, then it is refused', async ({ assert }) => {
    await fund(customerId, ton(10))
    const posting = { from: wallet(customerId, 'TON'), to: revenue('TON'), amount: ton(10) }
    const { id } = accepted(await transfer({ kind: 'purchase', postings: [posting] }))
    const back = { from: revenue('TON'), to: wallet(customerId, 'TON'), amount: ton(4) }
    accepted(await transfer({ kind: 'refund', corrects: id, postings: [back] }))
    assert.equal(code(await reverse(id)), 'already_corrected')
  })

  test('given a transfer that was reversed, when a refund of it comes, then it is refused', async ({ assert }) => {
    await fund(customerId, ton(10))
    const posting = { from: wallet(customerId, 'TON'), to: revenue('TON'), amount: ton(10) }
    const { id } = accepted(await transfer({ kind: 'purchase', postings: [posting] }))
    accepted(await reverse(id))
    const back = { from: revenue('TON'), to: wallet(customerId, 'TON'), amount: ton(10) }
    assert.equal(code(await transfer({ kind: 'refund', corrects: id, postings: [back] })), 'already_reversed')
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 10n)
  })

  test('given a refund and a reversal at the same time, then the money goes back once', async ({ assert }) => {
    await fund(customerId, ton(30))
    for (let round = 0; round < 3; round++) {
      const posting = { from: wallet(customerId, 'TON'), to: revenue('TON'), amount: ton(10) }
      const { id } = accepted(await transfer({ kind: 'purchase', postings: [posting] }))
      const back = { from: revenue('TON'), to: wallet(customerId, 'TON'), amount: ton(10) }
      const results = await Promise.all([reverse(id), transfer({ kind: 'refund', corrects: id, postings: [back] })])
      assert.lengthOf(
        results.filter(({ ok }) => ok),
        1
      )
      assert.equal(await balanceOf(wallet(customerId, 'TON')), 30n)
    }
  })

  test('given a transfer of several hands, when reversed, then each has its own again', async ({ assert }) => {
    const other = await newCustomerId()
    await fund(customerId, ton(10))
    await fund(other, ton(20))
    const { id } = accepted(
      await transfer({
        kind: 'settlement',
        postings: [
          { from: wallet(customerId, 'TON'), to: revenue('TON'), amount: ton(7) },
          { from: wallet(other, 'TON'), to: revenue('TON'), amount: ton(11) },
          { from: wallet(other, 'TON'), to: system('fees', 'TON'), amount: ton(2) },
        ],
      })
    )
    accepted(await reverse(id))
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 10n)
    assert.equal(await balanceOf(wallet(other, 'TON')), 20n)
    assert.equal(await balanceOf(revenue('TON')), 0n)
    assert.equal(await balanceOf(system('fees', 'TON')), 0n)
  })

  test('given money that was spent or is held, when reversed, then it is refused', async ({ assert }) => {
    const { id } = await fund(customerId, ton(10))
    const posting = { from: wallet(customerId, 'TON'), to: held(customerId, 'TON'), amount: ton(10) }
    const holding = accepted(await transfer({ kind: 'purchase', postings: [posting] }))
    assert.equal(code(await reverse(id)), 'insufficient_funds')
    assert.equal(code(await reverse(holding.id)), 'transfer_not_reversible')
  })

  test('given a large transfer, when reversed, then another has to agree', async ({ assert }) => {
    const { id } = await fund(customerId, ton(101n * TON))
    assert.equal(accepted(await reverse(id)).status, 'awaiting_approval')
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 101n * TON)
    accepted(await approve(await createAdmin()))
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 0n)
  })
})
