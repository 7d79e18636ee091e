import { test } from '@japa/runner'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { Clock } from '#core/clock'
import app from '@adonisjs/core/services/app'
import { transaction } from '#core/database/transaction'
import { held, system, wallet } from '#ledger/accounts'
import type { ReserveInput } from '#ledger/holds/holds'
import LedgerHold from '#ledger/models/ledger_hold'
import { Ledger } from '#ledger/ledger'
import LedgerTransfer from '#ledger/models/ledger_transfer'
import { ExpireHolds } from '#ledger/ticks/expire_holds'
import { resetDatabase } from '#tests/support/database'
import { accepted, balanceOf, freshKey, fund, newCustomerId, revenue, ton } from '#tests/support/ledger'
import { MINUTE, TestClock } from '#tests/support/test_clock'

test.group('Ledger: holds', (group) => {
  let customerId: number
  let clock: TestClock
  let ledger: Ledger

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    clock = new TestClock()
    app.container.swap(Clock, () => clock)
    ledger = await app.container.make(Ledger)
    customerId = await newCustomerId()
    await fund(customerId, ton(100))
    return () => app.container.restore(Clock)
  })

  const reserve = (input: Partial<ReserveInput> = {}) =>
    transaction((trx) =>
      ledger.reserve(trx, {
        key: freshKey(),
        customerId,
        amount: ton(60),
        kind: 'purchase',
        reference: { type: 'order', id: 1 },
        actor: SYSTEM_ACTOR,
        expiresAt: clock.now() + 15 * MINUTE,
        ...input,
      })
    )
  const settle = (holdId: number, key = freshKey(), to: any = revenue('TON')) =>
    transaction((trx) => ledger.settleHold(trx, { key, holdId, to, actor: SYSTEM_ACTOR }))
  const voidHold = (holdId: number, key = freshKey(), as?: 'failed') =>
    transaction((trx) => ledger.voidHold(trx, { key, holdId, actor: SYSTEM_ACTOR, as }))
  const startEffect = (holdId: number) => transaction((trx) => ledger.startHoldEffect(trx, holdId))
  const statusOf = async (hold: LedgerHold) => {
    const { status } = await hold.refresh()
    return status
  }
  const sweep = async () => {
    const tick = await app.container.make(ExpireHolds)
    await tick.run(new AbortController().signal)
  }
  const balances = async () => [
    await balanceOf(wallet(customerId, 'TON')),
    await balanceOf(held(customerId, 'TON')),
    await balanceOf(revenue('TON')),
  ]
  const code = (result: { ok: boolean; refusal?: { code: string } }) => result.refusal?.code

  test('given a reserved sum, when settled, then its receiver has it and the transfer says what for', async ({
    assert,
  }) => {
    const hold = accepted(await reserve())
    assert.deepEqual(await balances(), [40n, 60n, 0n])

    const { id } = accepted(await settle(hold.id))
    assert.deepEqual(await balances(), [40n, 0n, 60n])
    const transfer = await LedgerTransfer.findOrFail(id)
    assert.containSubset(transfer.$attributes, { kind: 'purchase', referenceType: 'order', referenceId: '1' })
    await hold.refresh()
    assert.containSubset(hold.$attributes, { status: 'settled', closingTransferId: id, closedAt: clock.now() })
  })

  test('given a reserved sum, when voided, then the wallet has it again', async ({ assert }) => {
    const hold = accepted(await reserve())
    accepted(await voidHold(hold.id, freshKey(), 'failed'))
    assert.deepEqual(await balances(), [100n, 0n, 0n])
    assert.equal(await statusOf(hold), 'failed')
  })

  test('given more than there is, when reserved, then it is refused', async ({ assert }) => {
    assert.equal(code(await reserve({ amount: ton(101) })), 'insufficient_funds')
    assert.deepEqual(await balances(), [100n, 0n, 0n])
    assert.lengthOf(await LedgerHold.all(), 0)
  })

  test('given the same key, when any step is repeated, then it happens once', async ({ assert }) => {
    const first = accepted(await reserve({ key: 'order:1:reserve' }))
    const again = accepted(await reserve({ key: 'order:1:reserve', expiresAt: null }))
    assert.equal(again.id, first.id)
    assert.equal(code(await reserve({ key: 'order:1:reserve', kind: 'withdrawal' })), 'idempotency_conflict')
    assert.equal(code(await reserve({ key: 'order:1:reserve', amount: ton(1) })), 'idempotency_conflict')

    const settled = accepted(await settle(first.id, 'order:1:settle'))
    assert.deepEqual(accepted(await settle(first.id, 'order:1:settle')), { id: settled.id, repeated: true })
    assert.equal(code(await settle(first.id, 'order:1:settle', system('fees', 'TON'))), 'idempotency_conflict')
    assert.deepEqual(await balances(), [40n, 0n, 60n])
  })

  test('given a closed hold, when closed otherwise, then it is refused', async ({ assert }) => {
    const hold = accepted(await reserve())
    accepted(await settle(hold.id))
    for (const result of [await settle(hold.id), await voidHold(hold.id), await startEffect(hold.id)]) {
      assert.deepEqual(!result.ok && result.refusal, { code: 'hold_closed', params: { status: 'settled' } })
    }
    assert.equal(code(await settle(9999)), 'hold_not_found')
    assert.equal(code(await startEffect(9999)), 'hold_not_found')
    assert.deepEqual(await balances(), [40n, 0n, 60n])
  })

  test('given a key of something else, when a hold is closed with it, then it is a conflict', async ({ assert }) => {
    const one = accepted(await reserve({ amount: ton(10) }))
    const other = accepted(await reserve({ amount: ton(10) }))
    accepted(await settle(one.id, 'the-key'))
    assert.equal(code(await settle(other.id, 'the-key')), 'idempotency_conflict')
    assert.equal(await statusOf(other), 'open')
  })

  test('given shares, when they add up, then each receiver has its own; else nothing moves', async ({ assert }) => {
    const hold = accepted(await reserve())
    const shares = (fee: number) => [
      { to: revenue('TON'), amount: ton(50) },
      { to: system('fees', 'TON'), amount: ton(fee) },
    ]
    for (const fee of [9, 11]) await assert.rejects(() => settle(hold.id, freshKey(), shares(fee)), /can't be settled/)
    accepted(await settle(hold.id, freshKey(), shares(10)))
    assert.deepEqual(await balances(), [40n, 0n, 50n])
    assert.equal(await balanceOf(system('fees', 'TON')), 10n)
  })

  test('given a hold past its time, when swept, then it is given back once', async ({ assert }) => {
    const hold = accepted(await reserve())
    const forEver = accepted(await reserve({ amount: ton(1), expiresAt: null }))
    await sweep()
    assert.equal(await statusOf(hold), 'open')

    clock.advance(15 * MINUTE)
    assert.equal(code(await startEffect(hold.id)), 'hold_expired')
    await sweep()
    await sweep()
    assert.equal(await statusOf(hold), 'expired')
    assert.equal(await statusOf(forEver), 'open')
    assert.deepEqual(await balances(), [99n, 1n, 0n])
    assert.equal(code(await settle(hold.id)), 'hold_closed')
  })

  test('given an external effect that has begun, when the time is up, then only the outcome closes it', async ({
    assert,
  }) => {
    const hold = accepted(await reserve())
    accepted(await startEffect(hold.id))
    const startedAt = clock.now()
    clock.advance(60 * MINUTE)
    assert.equal(accepted(await startEffect(hold.id)).effectStartedAt, startedAt)
    await sweep()
    assert.equal(await statusOf(hold), 'open')
    accepted(await settle(hold.id))
    assert.deepEqual(await balances(), [40n, 0n, 60n])
  })

  test('given many who close one hold at once, then exactly one of them does', async ({ assert }) => {
    const hold = accepted(await reserve())
    clock.advance(20 * MINUTE)
    const results = await Promise.all([
      ...Array.from({ length: 4 }, () => settle(hold.id)),
      ...Array.from({ length: 4 }, () => voidHold(hold.id)),
      sweep().then(() => ({ ok: false })),
    ])
    const { status } = await hold.refresh()
    assert.lengthOf(
      results.filter(({ ok }) => ok),
      status === 'expired' ? 0 : 1
    )
    assert.deepEqual(await balances(), status === 'settled' ? [40n, 0n, 60n] : [100n, 0n, 0n])
  })
})
