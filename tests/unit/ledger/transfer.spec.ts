import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { CurrencyMismatch, MAX_MINOR, Money } from '#core/money/money'
import { granted, held, receivable, system, wallet } from '#ledger/accounts'
import LedgerEntry from '#ledger/models/ledger_entry'
import LedgerTransfer from '#ledger/models/ledger_transfer'
import { resetDatabase } from '#tests/support/database'
import { accepted, balanceOf, freshKey, fund, newCustomerId, pred, revenue, ton, transfer } from '#tests/support/ledger'

test.group('Ledger: transfers', (group) => {
  let customerId: number

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    customerId = await newCustomerId()
  })

  const spend = (amount: bigint, key = freshKey()) =>
    transfer({
      kind: 'purchase',
      key,
      postings: [{ from: wallet(customerId, 'TON'), to: revenue('TON'), amount: ton(amount) }],
    })

  test('given a posting, when transferred, then both balances move and entries say what they were after', async ({
    assert,
  }) => {
    const { id, repeated } = await fund(customerId, ton(5_000_000_000))

    assert.isFalse(repeated)
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 5_000_000_000n)
    assert.equal(await balanceOf(system('clearing:sandbox', 'TON')), -5_000_000_000n)
    const entries = await LedgerEntry.query().where('transferId', id).orderBy('amount')
    assert.deepEqual(
      entries.map(({ amount, balance, currency }) => [amount, balance, currency]),
      [
        [-5_000_000_000n, -5_000_000_000n, 'TON'],
        [5_000_000_000n, 5_000_000_000n, 'TON'],
      ]
    )
  })

  test('given a transfer, then it tells its kind, cause, actor and note', async ({ assert }) => {
    const { id } = accepted(
      await transfer({
        kind: 'refund',
        postings: [{ from: revenue('TON'), to: wallet(customerId, 'TON'), amount: ton(7) }],
        reference: { type: 'invoice', id: 12 },
        actor: { type: 'admin', id: 3, name: 'Ann' },
        note: 'Paid twice',
      })
    )
    const row = await LedgerTransfer.findOrFail(id)
    assert.containSubset(row.$attributes, {
      kind: 'refund',
      referenceType: 'invoice',
      referenceId: '12',
      actorType: 'admin',
      actorId: 3,
      actorName: 'Ann',
      note: 'Paid twice',
      correctsId: null,
    })
  })

  test('given several postings, when transferred, then each account has one entry of what remains', async ({
    assert,
  }) => {
    await fund(customerId, ton(100))
    const from = wallet(customerId, 'TON')
    const { id } = accepted(
      await transfer({
        kind: 'withdrawal',
        postings: [
          { from, to: system('escrow:withdrawals', 'TON'), amount: ton(95) },
          { from, to: system('fees', 'TON'), amount: ton(5) },
          { from: system('fees', 'TON'), to: system('house', 'TON'), amount: ton(5) },
        ],
      })
    )
    const entries = await LedgerEntry.query().where('transferId', id).orderBy('amount')
    assert.deepEqual(
      entries.map(({ amount }) => amount),
      [-100n, 5n, 95n]
    )
  })

  test('given the last unit, when more is spent, then it is refused with both sums and nothing moves', async ({
    assert,
  }) => {
    await fund(customerId, ton(1_500_000_000))
    const refused = await spend(1_500_000_001n)

    assert.isFalse(refused.ok)
    assert.deepEqual(!refused.ok && refused.refusal, {
      code: 'insufficient_funds',
      params: { currency: 'TON', available: '1.50\u00A0TON', needed: '1.500000001\u00A0TON' },
    })
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 1_500_000_000n)
    assert.lengthOf(await LedgerTransfer.all(), 1)
    accepted(await spend(1_500_000_000n))
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 0n)
  })

  test('given a customer who never had money, when they spend, then it is refused', async ({ assert }) => {
    const refused = await spend(1n)
    assert.equal(!refused.ok && refused.refusal.code, 'insufficient_funds')
  })

  test('given the same key and content, when repeated, then the first transfer answers and nothing moves', async ({
    assert,
  }) => {
    await fund(customerId, ton(10))
    const first = accepted(await spend(10n, 'order:1:paid'))
    const second = accepted(await spend(10n, 'order:1:paid'))

    assert.deepEqual(second, { id: first.id, repeated: true })
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 0n)
  })

  test('given a key that was used, when its content differs in anything, then it is a conflict', async ({ assert }) => {
    await fund(customerId, ton(100))
    const other = await newCustomerId()
    const base = {
      kind: 'purchase',
      key: 'order:2:paid',
      postings: [{ from: wallet(customerId, 'TON'), to: revenue('TON'), amount: ton(10) }],
      reference: { type: 'order', id: 2 },
      note: null,
    } as const
    accepted(await transfer({ ...base, postings: [...base.postings] }))

    const changes = [
      { kind: 'withdrawal' },
      { postings: [{ ...base.postings[0], amount: ton(11) }] },
      { postings: [{ ...base.postings[0], to: system('fees', 'TON') }] },
      { postings: [{ ...base.postings[0], from: system('house', 'TON') }] },
      { reference: { type: 'order', id: 3 } },
      { reference: null },
      { note: 'another' },
    ] as const
    for (const change of changes) {
      const result = await transfer({ ...base, postings: [...base.postings], ...(change as any) })
      assert.equal(!result.ok && result.refusal.code, 'idempotency_conflict', JSON.stringify(Object.keys(change)))
    }
    const borrowed = await transfer({
      ...base,
      postings: [{ from: wallet(other, 'TON'), to: revenue('TON'), amount: ton(10) }],
    })
    assert.equal(!borrowed.ok && borrowed.refusal.code, 'idempotency_conflict')
    assert.equal(await balanceOf(wallet(customerId, 'TON')), 90n)
  })

  test('given wrong use, then it throws before anything is written', async ({ assert }) => {
    const from = system('house', 'TON')
    const to = wallet(customerId, 'TON')
    await assert.rejects(() => transfer({ postings: [] }), /moves something/)
    await assert.rejects(() => transfer({ postings: [{ from, to, amount: ton(0) }] }), /more than zero/)
    await assert.rejects(() => transfer({ postings: [{ from, to, amount: ton(-1) }] }), /more than zero/)
    await assert.rejects(() => transfer({ postings: [{ from, to: from, amount: ton(1) }] }), /moves something/)
    await assert.rejects(() => transfer({ key: '', postings: [{ from, to, amount: ton(1) }] }), /idempotency key/)
    await assert.rejects(
      () => transfer({ key: 'x'.repeat(161), postings: [{ from, to, amount: ton(1) }] }),
      /idempotency key/
    )
    await assert.rejects(async () => {
      await transfer({ postings: [{ from, to, amount: pred(1) }] })
    }, CurrencyMismatch as any)
    assert.throws(() => wallet(0, 'TON'), /customer/)
    assert.throws(() => system('No Name' as any, 'TON'), /name/)
    assert.lengthOf(await LedgerTransfer.all(), 0)
  })

  test('given a receivable, when more is paid back than is owed, then it is refused', async ({ assert }) => {
    const owed = receivable(customerId, 'TON')
    const { id } = await fund(customerId, ton(1))
    accepted(
      await transfer({
        kind: 'reversal',
        corrects: id,
        postings: [{ from: owed, to: system('house', 'TON'), amount: ton(50) }],
      })
    )
    assert.equal(await balanceOf(owed), -50n)
    const tooMuch = await transfer({ postings: [{ from: system('house', 'TON'), to: owed, amount: ton(51) }] })
    assert.equal(!tooMuch.ok && tooMuch.refusal.code, 'balance_limit')
    accepted(await transfer({ postings: [{ from: system('house', 'TON'), to: owed, amount: ton(50) }] }))
    assert.equal(await balanceOf(owed), 0n)
  })

  test('given balances at 2^53-1, when one more unit comes, then it is refused', async ({ assert }) => {
    const most = Money.of(MAX_MINOR, 'TON')
    await fund(customerId, most)
    assert.equal(await balanceOf(wallet(customerId, 'TON')), MAX_MINOR)
    const refused = await transfer({
      postings: [{ from: system('house', 'TON'), to: wallet(customerId, 'TON'), amount: ton(1) }],
    })
    assert.equal(!refused.ok && refused.refusal.code, 'balance_limit')
  })

  test('given what was posted, when somebody changes or removes it, then the database refuses', async ({ assert }) => {
    await fund(customerId, ton(5))
    for (const table of ['ledger_entries', 'ledger_transfers']) {
      await assert.rejects(async () => {
        await db.from(table).update({ created_at: 0 })
      }, /append-only/)
      await assert.rejects(async () => {
        await db.from(table).delete()
      }, /append-only/)
    }
  })

  test('given a balance beyond what its kind may hold, when written past the code, then the database refuses', async ({
    assert,
  }) => {
    await fund(customerId, ton(5))
    const write = (values: Record<string, any>) =>
      assert.rejects(async () => {
        await db.from('ledger_accounts').where('code', wallet(customerId, 'TON').code).update(values)
      }, /constraint/i)
    await write({ balance: -1 })
    await write({ balance: '9007199254740992' })
    await write({ kind: 'system' })
    await write({ code: held(customerId, 'TON').code })
    await write({ kind: 'granted', code: granted(customerId).code.replace('PRED', 'TON') })
  })
})
