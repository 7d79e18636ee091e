import fc from 'fast-check'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { granted, system, wallet } from '#ledger/accounts'
import LedgerAccount from '#ledger/models/ledger_account'
import LedgerTransfer from '#ledger/models/ledger_transfer'
import type { TransferInput } from '#ledger/transfer_input'
import { verifyLedger } from '#ledger/verify/verify_ledger'
import { resetDatabase } from '#tests/support/database'
import { accepted, balanceOf, fund, grant, newCustomerId, pred, transfer } from '#tests/support/ledger'
import { anyBatch, batchOf, postTogether } from '#tests/support/ledger_batches'

const house = system('house', 'PRED')

async function offences() {
  const found: string[] = []
  for await (const { subject, fault } of verifyLedger({ transfers: 0, entries: 0, accounts: 0 })) {
    found.push(`${subject} ${fault}`)
  }
  return found
}

/** What the books say of the batches, without ids: those differ where a transaction was rolled back. */
async function books() {
  const transfers = await LedgerTransfer.query().where('idempotencyKey', 'like', 'batch:%').orderBy('id')
  const entries = await db
    .from('ledger_entries as e')
    .join('ledger_accounts as a', 'a.id', 'e.account_id')
    .join('ledger_transfers as t', 't.id', 'e.transfer_id')
    .where('t.idempotency_key', 'like', 'batch:%')
    .orderBy(['e.transfer_id', 'a.code'])
    .select('t.idempotency_key', 'a.code', 'e.account_kind', 'e.currency', 'e.amount', 'e.balance')
  const accounts = await LedgerAccount.query().orderBy('code')
  return {
    transfers: transfers.map((each) => [each.kind, each.idempotencyKey, each.fingerprint, each.referenceId]),
    entries,
    balances: accounts.filter(({ balance }) => balance !== 0n).map(({ code, balance }) => [code, String(balance)]),
  }
}

test.group('Ledger: many transfers at once', (group) => {
  group.each.timeout(120_000)
  group.each.setup(() => resetDatabase())

  test('a batch does what its transfers do one by one, refusals too', async ({ assert }) => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(anyBatch, anyBatch, async (first, second) => {
        const outcomes = []
        for (const how of ['one by one', 'at once'] as const) {
          await resetDatabase()
          const customers = [await newCustomerId(), await newCustomerId()]
          for (const customerId of customers) {
            await fund(customerId, pred(60))
            await grant(customerId, pred(60))
          }
          const results = []
          for (const drawn of [first, second]) results.push(await postTogether(batchOf(drawn, customers), how))
          const answers = results.map((result) =>
            result.ok ? result.value.map(({ repeated }) => repeated) : result.refusal
          )
          for (const result of results) seen.add(result.ok ? 'ok' : result.refusal.code)
          outcomes.push({ answers, books: await books(), offences: await offences() })
        }
        assert.deepEqual(outcomes[1], outcomes[0])
        assert.deepEqual(outcomes[1].offences, [])
      }),
      { numRuns: 40, endOnFailure: true }
    )
    assert.containsSubset([...seen].sort(), ['balance_limit', 'idempotency_conflict', 'insufficient_funds', 'ok'])
  })

  test('given a balance that falls below zero in the middle and rises again, then the batch is refused', async ({
    assert,
  }) => {
    const customerId = await newCustomerId()
    await fund(customerId, pred(10))
    const own = wallet(customerId, 'PRED')
    const out = (amount: number) => ({ from: own, to: house, amount: pred(amount) })
    const inputs = [
      { postings: [out(8)] },
      { postings: [out(3)] },
      { postings: [{ from: house, to: own, amount: pred(50) }] },
    ].map((each, index): TransferInput => ({ kind: 'bet', key: `bet:${index}`, actor: SYSTEM_ACTOR, ...each }))
    const result = await postTogether(inputs, 'at once')

    assert.deepEqual(result, {
      ok: false,
      refusal: {
        code: 'insufficient_funds',
        params: { currency: 'PRED', available: '0.02\u00A0PRED', needed: '0.03\u00A0PRED' },
      },
    })
    assert.equal(await balanceOf(own), 10n)
    assert.lengthOf(await LedgerTransfer.all(), 1)
  })

  test('given transfers posted singly, when a batch repeats them, then it answers with them and moves nothing', async ({
    assert,
  }) => {
    const customerId = await newCustomerId()
    await grant(customerId, pred(100))
    const input = (key: string): TransferInput => ({
      ...{ kind: 'bet_payout', key, actor: SYSTEM_ACTOR, note: 'Won', reference: { type: 'bet', id: 'AB' } },
      postings: [{ from: house, to: granted(customerId), amount: pred(5) }],
    })
    const single = accepted(await transfer(input('one')))
    const batch = accepted(await postTogether([input('one'), input('two'), input('two')], 'at once'))
    const again = accepted(await transfer(input('two')))

    assert.deepEqual(batch[0], { id: single.id, repeated: true })
    assert.isFalse(batch[1].repeated)
    assert.deepEqual(batch[2], { id: batch[1].id, repeated: true })
    assert.deepEqual(again, { id: batch[1].id, repeated: true })
    assert.equal(await balanceOf(granted(customerId)), 110n)
  })

  test('given a transfer that was reversed, then a batch puts nothing right about it', async ({ assert }) => {
    const customerId = await newCustomerId()
    const { id } = await fund(customerId, pred(20))
    const back = (kind: 'reversal' | 'refund', key: string): TransferInput => ({
      ...{ kind, key, corrects: id, actor: SYSTEM_ACTOR },
      postings: [{ from: wallet(customerId, 'PRED'), to: system('clearing:sandbox', 'PRED'), amount: pred(2) }],
    })
    const both = await postTogether([back('reversal', 'r'), back('refund', 'f')], 'at once')
    accepted(await postTogether([back('reversal', 'r')], 'at once'))
    const later = await postTogether([back('refund', 'f')], 'at once')

    for (const result of [both, later])
      assert.deepInclude(result, { refusal: { code: 'already_reversed', params: undefined } })
    assert.equal(await balanceOf(wallet(customerId, 'PRED')), 18n)
  })

  test('given nothing to post, then nothing is posted', async ({ assert }) => {
    assert.deepEqual(accepted(await postTogether([], 'at once')), [])
  })
})
