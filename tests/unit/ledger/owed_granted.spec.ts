import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { granted, owedGranted, receivable, system, wallet } from '#ledger/accounts'
import { ReverseTransfer } from '#ledger/actions/reverse_transfer'
import { CustomerBalancesQuery } from '#ledger/queries/customer_balances_query'
import { CustomerHistoryQuery } from '#ledger/queries/customer_history_query'
import { LedgerTotalsQuery } from '#ledger/queries/ledger_totals_query'
import { verifyLedger } from '#ledger/verify/verify_ledger'
import { resetDatabase } from '#tests/support/database'
import { accepted, balanceOf, fund, grant, ledgerOf, newCustomerId, pred, transfer } from '#tests/support/ledger'

const house = system('house', 'PRED')

test.group('Ledger: granted points that are owed', (group) => {
  let customerId: number

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    customerId = await newCustomerId()
  })

  const owe = (amount: number) =>
    transfer({ kind: 'bet_refund', postings: [{ from: owedGranted(customerId), to: house, amount: pred(amount) }] })
  const payOff = (amount: number) =>
    transfer({ kind: 'bet_payout', postings: [{ from: house, to: owedGranted(customerId), amount: pred(amount) }] })

  test('given a debt, when more is paid off than is owed, then it is refused, singly and in a batch', async ({
    assert,
  }) => {
    accepted(await owe(50))
    const single = await payOff(51)
    const ledger = await ledgerOf()
    const postings = [{ from: house, to: owedGranted(customerId), amount: pred(51) }]
    const batch = await transaction((trx) =>
      ledger.transferAll(trx, [{ kind: 'bet_payout', key: 'one', postings, actor: SYSTEM_ACTOR }])
    )
    for (const result of [single, batch]) assert.equal(!result.ok && result.refusal.code, 'balance_limit')
    accepted(await payOff(50))
    assert.equal(await balanceOf(owedGranted(customerId)), 0n)
    for await (const { fault } of verifyLedger({ transfers: 0, entries: 0, accounts: 0 })) assert.fail(fault)
  })

  test('given a debt, then balances, history and totals show it', async ({ assert }) => {
    await grant(customerId, pred(20))
    accepted(await owe(50))
    const [balance] = await new CustomerBalancesQuery().run(customerId)
    assert.equal(balance.owedGranted.minor, -50n)
    assert.isTrue(balance.receivable.isZero)

    const history = await app.container.make(CustomerHistoryQuery)
    const { items } = await history.run({ customerId })
    assert.deepEqual(
      items.map(({ account }) => account),
      ['owed_granted', 'granted']
    )
    const [totals] = await new LedgerTotalsQuery().run()
    assert.equal(totals.customers.find(({ kind }) => kind === 'owed_granted')?.total.minor, -50n)
    assert.isTrue(totals.customersTotal.add(totals.systemsTotal).isZero)
  })

  test('given accounts under lock, then their balances are told by code, 0 where there is none', async ({ assert }) => {
    await grant(customerId, pred(20))
    await fund(customerId, pred(5))
    const accounts = [wallet(customerId, 'PRED'), granted(customerId), receivable(customerId, 'PRED')]
    const ledger = await ledgerOf()
    const balances = await transaction((trx) => ledger.lockBalances(trx, accounts))
    assert.deepEqual(
      [...balances],
      [
        [accounts[0].code, 5n],
        [accounts[1].code, 20n],
        [accounts[2].code, 0n],
      ]
    )
  })

  test('given money of a bet, then nobody takes it back by hand', async ({ assert }) => {
    const { id } = accepted(await owe(5))
    const reverse = await app.container.make(ReverseTransfer)
    const result = await reverse.handle({ transferId: id, reason: 'Wrong', actor: SYSTEM_ACTOR })
    assert.equal(!result.ok && result.refusal.code, 'transfer_not_reversible')
  })
})
