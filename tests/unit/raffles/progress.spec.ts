import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import ChainCursor from '#chain/models/chain_cursor'
import type ChainOperation from '#chain/models/chain_operation'
import type ChainWallet from '#chain/models/chain_wallet'
import type { OperationStatus, WithdrawalStatus } from '#chain/values'
import { WithdrawalProgress } from '#chain/withdrawals/withdrawal_progress'
import { parseJson } from '#core/database/columns'
import { transaction } from '#core/database/transaction'
import { EntryProgress } from '#raffles/entries/entry_progress'
import type RaffleEntry from '#raffles/models/raffle_entry'
import type { EntryStatus } from '#raffles/values'
import { CustomerFactory } from '#database/factories/customer_factory'
import { bindChain, NOWHERE } from '#tests/support/chain/bind_chain'
import { CHAIN_ID, givenEntry, givenOperation, givenWallet, givenWithdrawal } from '#tests/support/chain/given'
import { resetDatabase } from '#tests/support/database'

test.group('Progress of what goes to the chain', (group) => {
  let wallet: ChainWallet

  group.each.setup(() => resetDatabase())
  group.each.setup(() => bindChain(NOWHERE))
  group.each.setup(async () => {
    const customer = await CustomerFactory.create()
    wallet = await givenWallet(customer.id)
  })

  async function tell(entry: RaffleEntry, operation: ChainOperation | null) {
    const progress = await app.container.make(EntryProgress)
    await transaction((trx) => progress.tell(trx, entry, operation))
  }

  /** What the customer is told, in order. */
  async function told() {
    const rows = await db.from('notifications').orderBy('id')
    return rows.map((row) => ({
      what: `${row.operation} ${row.template}`,
      message: row.target_message_id,
      params: parseJson<Record<string, unknown>>(row.params),
    }))
  }

  const givenHead = (head: number) =>
    ChainCursor.updateOrCreate(
      { chainId: CHAIN_ID, stream: 'test' },
      { blockNumber: head, head, confirmedBlock: 0, updatedAt: 1 }
    )

  test('an entry that is {entry} while its operation is {operation} is told as "{step}"')
    .with([
      { entry: 'pending', operation: 'new', step: 'waiting' },
      { entry: 'pending', operation: 'topup', step: 'gas' },
      { entry: 'pending', operation: 'approve', step: 'approve' },
      { entry: 'pending', operation: 'act', step: 'entering' },
      { entry: 'pending', operation: 'awaiting_confirmations', step: 'confirming' },
      { entry: 'pending', operation: 'needs_attention', step: 'attention' },
      { entry: 'seen', operation: 'act', step: 'confirming' },
      { entry: 'confirmed', operation: 'confirmed', step: 'in' },
      { entry: 'failed', operation: 'failed', step: 'failed' },
    ] as Array<{ entry: EntryStatus; operation: OperationStatus; step: string }>)
    .run(async ({ assert }, { entry: status, operation: state, step }) => {
      await tell(await givenEntry(wallet, { status, messageId: 77 }), await givenOperation(wallet, { status: state }))
      const [{ what, message }] = await told()
      assert.equal(what, `edit raffle_progress.${step}`)
      assert.equal(message, 77)
    })

  test('given blocks upon an entry, when told again, then they are counted and the same count is told once', async ({
    assert,
  }) => {
    const entry = await givenEntry(wallet, { status: 'seen', blockNumber: 100, messageId: 77 })
    for (const head of [100, 100, 104, 300]) {
      await givenHead(head)
      await tell(entry, null)
    }
    const counts = await told()
    assert.deepEqual(
      counts.map(({ params }) => [params.count, params.needed]),
      [
        [1, 12],
        [5, 12],
        [12, 12],
      ]
    )
  })

  test('given an entry whose block was replaced, when it comes again, then each turn is told', async ({ assert }) => {
    const [entry, operation] = [await givenEntry(wallet, { messageId: 77 }), await givenOperation(wallet)]
    for (const status of ['act', 'awaiting_confirmations', 'act', 'awaiting_confirmations'] as const) {
      await tell(entry, operation.merge({ status }))
    }
    const steps = await told()
    assert.deepEqual(
      steps.map(({ what }) => what.split('.')[1]),
      ['entering', 'confirming', 'entering', 'confirming']
    )
  })

  test('given an entry that no message shows, when it goes on, then its end alone is told', async ({ assert }) => {
    const [entry, operation] = [await givenEntry(wallet, { source: 'api' }), await givenOperation(wallet)]
    await tell(entry, operation.merge({ status: 'act' }))
    assert.isEmpty(await told())
    await tell(entry.merge({ status: 'failed', reason: 'treasury_empty' }), operation)
    const [{ what, params }] = await told()
    assert.equal(what, 'send raffle_progress.failed')
    assert.equal(params.reason, 'treasury_empty')
  })

  test('a withdrawal that is {withdrawal} while its operation is {operation} is told as "{step}"')
    .with([
      { withdrawal: 'awaiting_approval', operation: null, step: 'approval' },
      { withdrawal: 'waiting', operation: null, step: 'waiting' },
      { withdrawal: 'sending', operation: 'topup', step: 'gas' },
      { withdrawal: 'sending', operation: 'act', step: 'sending' },
      { withdrawal: 'sending', operation: 'awaiting_confirmations', step: 'confirming' },
      { withdrawal: 'sending', operation: 'needs_attention', step: 'attention' },
      { withdrawal: 'sent', operation: 'awaiting_confirmations', step: 'confirming' },
      { withdrawal: 'done', operation: 'confirmed', step: 'done' },
      { withdrawal: 'rejected', operation: null, step: 'rejected' },
      { withdrawal: 'cancelled', operation: null, step: 'cancelled' },
      { withdrawal: 'failed', operation: 'failed', step: 'failed' },
    ] as Array<{ withdrawal: WithdrawalStatus; operation: OperationStatus | null; step: string }>)
    .run(async ({ assert }, { withdrawal: status, operation: state, step }) => {
      const withdrawal = await givenWithdrawal(wallet, { status, messageId: 77 })
      const operation = state && (await givenOperation(wallet, { kind: 'withdraw', status: state }))
      const progress = await app.container.make(WithdrawalProgress)
      await transaction((trx) => progress.tell(trx, withdrawal, operation))
      const [{ what, message }] = await told()
      assert.equal(what, `edit withdrawal_progress.${step}`)
      assert.equal(message, 77)
    })
})
