import { test } from '@japa/runner'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { granted, system, wallet } from '#ledger/accounts'
import { resetDatabase } from '#tests/support/database'
import { accepted, balanceOf, freshKey, fund, grant, ledgerOf, newCustomerId, pred, ton } from '#tests/support/ledger'

test.group('Ledger: spending points', (group) => {
  let customerId: number

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    customerId = await newCustomerId()
    await grant(customerId, pred(300))
    await fund(customerId, pred(200), 'exchange')
  })

  const spend = async (amount = pred(100), key = freshKey()) => {
    const ledger = await ledgerOf()
    const to = system('house', 'PRED')
    return transaction((trx) =>
      ledger.spend(trx, { kind: 'purchase', key, customerId, amount, to, actor: SYSTEM_ACTOR })
    )
  }
  const shares = async (amount: number, key?: string) => {
    const spent = accepted(await spend(pred(amount), key))
    return [spent.granted.minor, spent.bought.minor]
  }
  const left = async () => [await balanceOf(granted(customerId)), await balanceOf(wallet(customerId, 'PRED'))]

  test('takes granted points first, then bought ones, and tells the shares', async ({ assert }) => {
    assert.deepEqual(await shares(250), [250n, 0n])
    assert.deepEqual(await shares(100), [50n, 50n])
    assert.deepEqual(await shares(150), [0n, 150n])
    assert.deepEqual(await left(), [0n, 0n])
  })

  test('given more than both hold, when spent, then it is refused with what there is', async ({ assert }) => {
    const refused = await spend(pred(501))
    assert.deepEqual(!refused.ok && refused.refusal, {
      code: 'insufficient_funds',
      params: { currency: 'PRED', available: '5.00\u00A0PRED', needed: '5.01\u00A0PRED' },
    })
    assert.deepEqual(await left(), [300n, 200n])
  })

  test('given the same key, when repeated, then the first shares answer, whatever the balances are now', async ({
    assert,
  }) => {
    assert.deepEqual(await shares(350, 'bet:1'), [300n, 50n])
    await grant(customerId, pred(1000))
    assert.deepEqual(await shares(350, 'bet:1'), [300n, 50n])
    assert.deepEqual(await left(), [1000n, 150n])
    const conflict = await spend(pred(10), 'bet:1')
    assert.equal(!conflict.ok && conflict.refusal.code, 'idempotency_conflict')
  })

  test('given many spends at once, then they share what there is', async ({ assert }) => {
    const results = await Promise.all(Array.from({ length: 8 }, () => spend()))
    assert.lengthOf(
      results.filter(({ ok }) => ok),
      5
    )
    assert.deepEqual(await left(), [0n, 0n])
  })

  test('refuses another currency', async ({ assert }) => {
    await assert.rejects(() => spend(ton(1)), /TON/)
  })
})
