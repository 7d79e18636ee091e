import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'
import { custody, system, wallet } from '#ledger/accounts'
import LedgerAccount from '#ledger/models/ledger_account'
import { CustomerHistoryQuery } from '#ledger/queries/customer_history_query'
import { verifyLedger } from '#ledger/verify/verify_ledger'
import { resetDatabase } from '#tests/support/database'
import { accepted, balanceOf, newCustomerId, transfer } from '#tests/support/ledger'

const usdt = (minor: bigint) => Money.of(minor, 'USDT')

test.group('Ledger: custody', (group) => {
  let customerId: number

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    customerId = await newCustomerId()
  })

  const deposit = (amount: bigint) =>
    transfer({
      kind: 'deposit',
      postings: [{ from: system('clearing:evm', 'USDT'), to: custody(customerId), amount: usdt(amount) }],
    })
  const enter = (amount: bigint) =>
    transfer({
      kind: 'raffle_entry',
      postings: [{ from: custody(customerId), to: system('raffle', 'USDT'), amount: usdt(amount) }],
    })

  test('given money in custody, then it is no part of what can be spent elsewhere', async ({ assert }) => {
    accepted(await deposit(10n))
    assert.equal(await balanceOf(custody(customerId)), 10n)
    assert.equal(await balanceOf(wallet(customerId, 'USDT')), 0n)
  })

  test('given less than is spent, then it is refused and nothing moves', async ({ assert }) => {
    accepted(await deposit(10n))
    const result = await enter(11n)
    assert.isFalse(result.ok)
    assert.containSubset(result, { refusal: { code: 'insufficient_funds' } })
    assert.equal(await balanceOf(custody(customerId)), 10n)
  })

  test('given a balance below zero, then the database itself refuses it', async ({ assert }) => {
    accepted(await deposit(10n))
    const { id } = await LedgerAccount.findByOrFail('code', custody(customerId).code)
    await assert.rejects(
      () => db.rawQuery('UPDATE ledger_accounts SET balance = -1 WHERE id = ?', [id]),
      /ledger_accounts_funds/
    )
  })

  test('given an account in custody of nobody, then the database refuses it', async ({ assert }) => {
    const row = { kind: 'custody', currency: 'USDT', customer_id: null, name: 'x', code: 'USDT:custody:x' }
    await assert.rejects(
      () => db.table('ledger_accounts').insert({ ...row, balance: 0, created_at: 1, updated_at: 1 }),
      /ledger_accounts_owner/
    )
  })

  test('given a deposit and an entry, then the history of the customer tells both and the books add up', async ({
    assert,
  }) => {
    accepted(await deposit(10n))
    accepted(await enter(4n))
    const query = await app.container.make(CustomerHistoryQuery)
    const { items } = await query.run({ customerId })
    assert.deepEqual(
      items.map(({ kind, amount, balanceAfter }) => [kind, amount.minor, balanceAfter.minor]),
      [
        ['raffle_entry', -4n, 6n],
        ['deposit', 10n, 10n],
      ]
    )
    const offences: string[] = []
    for await (const { check } of verifyLedger({ transfers: 0, entries: 0, accounts: 0 })) offences.push(check)
    assert.deepEqual(offences, [])
  })
})
