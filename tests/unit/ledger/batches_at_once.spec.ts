import { test } from '@japa/runner'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { granted, system, wallet } from '#ledger/accounts'
import LedgerTransfer from '#ledger/models/ledger_transfer'
import type { TransferInput } from '#ledger/transfer_input'
import { verifyLedger } from '#ledger/verify/verify_ledger'
import { resetDatabase } from '#tests/support/database'
import { accepted, balanceOf, fund, grant, ledgerOf, newCustomerId, pred, transfer } from '#tests/support/ledger'

const house = system('house', 'PRED')
const BATCHES = 6

test.group('Ledger: batches at once', (group) => {
  let customers: number[]

  group.each.timeout(60_000)
  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    customers = []
    for (let index = 0; index < 12; index++) customers.push(await newCustomerId())
    for (const customerId of customers) {
      await grant(customerId, pred(30))
      await fund(customerId, pred(30))
    }
  })

  /** To every customer, in an order that differs from batch to batch. */
  const payouts = (batch: number): TransferInput[] =>
    customers.flatMap((_, index) => {
      const customerId = customers[(index * 5 + batch) % customers.length]
      return [granted(customerId), wallet(customerId, 'PRED')].map((to): TransferInput => ({
        ...{ kind: 'bet_payout', key: `payout:${batch}:${to.code}`, actor: SYSTEM_ACTOR },
        postings: [{ from: house, to, amount: pred(7) }],
      }))
    })

  const postAll = async (inputs: readonly TransferInput[]) => {
    const ledger = await ledgerOf()
    return accepted(await transaction((trx) => ledger.transferAll(trx, inputs)))
  }

  const spend = async (customerId: number, key: string) => {
    const ledger = await ledgerOf()
    const input = { kind: 'bet' as const, key, customerId, amount: pred(9), to: house, actor: SYSTEM_ACTOR }
    return accepted(await transaction((trx) => ledger.spend(trx, input)))
  }

  test('given batches, single transfers and spends at once, then all of them are posted and the books add up', async ({
    assert,
  }) => {
    await Promise.all([
      ...Array.from({ length: BATCHES }, (_, batch) => postAll(payouts(batch))),
      ...customers.map((customerId) => spend(customerId, `bet:${customerId}`)),
      ...customers.map(async (customerId) => {
        const postings = [{ from: wallet(customerId, 'PRED'), to: house, amount: pred(4) }]
        return accepted(await transfer({ kind: 'bet', postings }))
      }),
    ])

    for await (const { subject, fault } of verifyLedger({ transfers: 0, entries: 0, accounts: 0 })) {
      assert.fail(`${subject} ${fault}`)
    }
    for (const customerId of customers) {
      const sum = (await balanceOf(granted(customerId))) + (await balanceOf(wallet(customerId, 'PRED')))
      assert.equal(sum, BigInt(60 + 2 * 7 * BATCHES - 9 - 4))
    }
  })

  test('given one batch posted by many at once, then it is posted once and answers all of them', async ({ assert }) => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => postAll(payouts(1))))

    for (const [index] of answers[0].entries()) {
      assert.lengthOf(new Set(answers.map((answer) => answer[index].id)), 1)
      assert.lengthOf(
        answers.filter((answer) => !answer[index].repeated),
        1
      )
    }
    assert.lengthOf(await LedgerTransfer.query().where('kind', 'bet_payout'), 24)
    assert.equal(await balanceOf(house), BigInt(-7 * 24))
  })
})
