import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import ChainOperation from '#chain/models/chain_operation'
import ChainReconciliation from '#chain/models/chain_reconciliation'
import type ChainWallet from '#chain/models/chain_wallet'
import { Operations } from '#chain/operations/operations'
import { Reconcile } from '#chain/reconciliation/reconcile'
import { withdrawalsEnabled } from '#chain/settings'
import { ReconcileNightly } from '#chain/ticks/reconcile_nightly'
import type { Listener } from '#chain/listener/listener'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { custody, system } from '#ledger/accounts'
import AdminAlert from '#notifications/models/admin_alert'
import AuditEntry from '#staff/models/audit_entry'
import { bindChain } from '#tests/support/chain/bind_chain'
import { EvmWorld } from '#tests/support/chain/evm'
import { catchUp, newListener, newWallet } from '#tests/support/chain/listening'
import { resetDatabase } from '#tests/support/database'
import { accepted, transfer } from '#tests/support/ledger'
import { DAY, HOUR, TestClock } from '#tests/support/test_clock'

const OUTSIDE = '0x00000000000000000000000000000000000000A1'
const FEE = 5_000_000n

let world: EvmWorld
let clock: TestClock
let listener: Listener

const compare = async () => {
  const reconcile = await app.container.make(Reconcile)
  return accepted(await reconcile.run())
}

const differences = async () => {
  const { lines } = await compare()
  return lines.map(({ kind, subject, ours, chain }) => [kind, subject, ours, chain])
}

/** A customer who has deposited and entered. */
async function player() {
  const wallet = await newWallet()
  await world.mint(wallet.address, 3n * FEE)
  await world.act(wallet.address, 'usdt', 'approve', [world.raffle, FEE])
  await world.act(wallet.address, 'raffle', 'enterRaffle')
  await asSentByUs(wallet, [0, 1])
  return wallet
}

/** What was done in the wallet's name, as if we had signed it. */
async function asSentByUs(wallet: ChainWallet, nonces: number[]) {
  for (const nonce of nonces) {
    await db.table('chain_txs').insert({
      ...{ chain_id: wallet.chainId, step: 'act', kind: 'enter', wallet_id: wallet.id, nonce, status: 'confirmed' },
      ...{ from_key: wallet.addressKey, to_key: OUTSIDE, value: '0', data: '0x', gas_limit: 1, created_at: 1 },
      hash: `0x${wallet.addressKey.slice(2)}${String(nonce).padStart(24, '0')}`,
    })
  }
}

/** Whether withdrawals are on, as a transaction that sends one reads it. */
const mayWithdraw = async () => {
  const settings = await app.container.make(Settings)
  return transaction((trx) => settings.getIn(trx, withdrawalsEnabled))
}

const runNightly = async () => {
  const tick = await app.container.make(ReconcileNightly)
  await tick.run(new AbortController().signal)
}

test.group('Books and chain', (group) => {
  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    world = await EvmWorld.start()
    const restore = bindChain(world.chainConfig())
    clock = new TestClock()
    app.container.swap(Clock, () => clock)
    listener = await newListener()
    return async () => {
      app.container.restore(Clock)
      restore()
      await world.stop()
    }
  })

  test('given deposits, entries and a withdrawal that the listener has read, then nothing differs', async ({
    assert,
  }) => {
    const [first] = [await player(), await player()]
    await world.transfer(first.address, OUTSIDE, 1_000_000n)
    await asSentByUs(first, [2])
    await catchUp(listener)
    assert.deepEqual(await differences(), [])
    const row = await ChainReconciliation.query().firstOrFail()
    assert.deepEqual([row.wallets, row.differences, row.blockNumber], [2, 0, await world.head()])
  })

  test('given newer blocks than those that took effect, then it compares at the older one', async ({ assert }) => {
    bindChain(world.chainConfig({ confirmations: 3 }))
    listener = await newListener()
    const wallet = await newWallet()
    await world.mint(wallet.address, FEE)
    await world.mine(2)
    await catchUp(listener)
    await world.mint(wallet.address, FEE)
    await catchUp(listener)
    assert.deepEqual(await differences(), [])
  })

  test('given effects of blocks that are not all confirmed, then they are left out', async ({ assert }) => {
    const wallet = await player()
    await catchUp(listener)
    const before = await world.head()
    await world.mint(wallet.address, FEE)
    await catchUp(listener)
    await db.from('chain_cursors').update({ confirmed_block: before })
    assert.deepEqual(await differences(), [])
  })

  test('given money in the books that is not on the chain, then it is told, wallet by wallet and in all', async ({
    assert,
  }) => {
    const wallet = await player()
    await catchUp(listener)
    const amount = Money.of(1n, 'USDT')
    const posting = { from: system('clearing:evm', 'USDT'), to: custody(wallet.customerId), amount }
    accepted(await transfer({ kind: 'deposit', postings: [posting] }))
    assert.deepEqual(await differences(), [
      ['wallet_balance', wallet.address, '10.000001', '10.000000'],
      ['custody_total', 'custody', '10.000001', '10.000000'],
    ])
  })

  test('given a transfer that the listener missed, then wallet and pool differ', async ({ assert }) => {
    const wallet = await player()
    await catchUp(listener)
    await world.act(wallet.address, 'usdt', 'approve', [world.raffle, FEE])
    await world.act(wallet.address, 'raffle', 'enterRaffle')
    await asSentByUs(wallet, [2, 3])
    await db.from('chain_cursors').update({ confirmed_block: await world.head() })
    assert.deepEqual(await differences(), [
      ['wallet_balance', wallet.address, '10.000000', '5.000000'],
      ['custody_total', 'custody', '10.000000', '5.000000'],
      ['pool', world.raffle, '5.000000', '10.000000'],
    ])
  })

  test('given a transaction from our wallet that we never signed, then its nonce tells', async ({ assert }) => {
    const wallet = await player()
    await catchUp(listener)
    assert.deepEqual(await differences(), [])
    await world.transfer(wallet.address, OUTSIDE, 1n)
    await catchUp(listener)
    assert.deepEqual(await differences(), [['nonce', wallet.address, '2', '3']])
    assert.isTrue(await mayWithdraw())
  })

  test('given an operation that waits for a person, or stands still however often it is looked at, then it is told', async ({
    assert,
  }) => {
    const [wallet, other] = [await newWallet(), await newWallet()]
    await catchUp(listener)
    const operations = await app.container.make(Operations)
    const begin = (walletId: number) =>
      transaction(async (trx) => {
        const input = { kind: 'withdraw' as const, walletId, customerId: null, subject: { type: 'test', id: walletId } }
        return accepted(await operations.begin(trx, { key: `test:${walletId}`, ...input }))
      })
    const stuck = await begin(wallet.id)
    clock.advance(2 * HOUR)
    await transaction(async (trx) => operations.postpone(trx, (await operations.lock(trx, stuck.id))!, 1_000))
    await begin(other.id)
    assert.deepEqual(await differences(), [['operation', stuck.reference, 'new', '-']])
    await ChainOperation.query().update({
      status: 'needs_attention',
      reason: 'treasury_empty',
      updated_at: clock.now(),
    })
    assert.deepEqual(await differences(), [])
    await ChainOperation.query().where('id', stuck.id).update({ reason: 'keeps_failing' })
    assert.deepEqual(await differences(), [['operation', stuck.reference, 'needs_attention: keeps_failing', '-']])
  })

  test('once a night admins are called while something differs, and told when it is over', async ({ assert }) => {
    const wallet = await player()
    await catchUp(listener)
    await db.from('ledger_accounts').where('customer_id', wallet.customerId).update({ balance: 1 })
    await runNightly()
    await runNightly()
    const open = () => AdminAlert.query().where('fingerprint', 'chain:reconciliation').whereNull('resolved_at')
    assert.lengthOf(await open(), 1)
    assert.lengthOf(await ChainReconciliation.all(), 1)
    const alert = await open().firstOrFail()
    assert.match(JSON.stringify(alert.details), /Paused: an owner switches them on again/)

    await db.from('ledger_accounts').where('customer_id', wallet.customerId).update({ balance: 10_000_000 })
    clock.advance(DAY)
    await runNightly()
    assert.lengthOf(await open(), 0)
    assert.lengthOf(await ChainReconciliation.all(), 2)
  })

  test('given money that differs, then withdrawals are paused by the system, and stay so once it agrees', async ({
    assert,
  }) => {
    const wallet = await player()
    await catchUp(listener)
    assert.deepEqual(await differences(), [])
    assert.isTrue(await mayWithdraw())
    await db.from('ledger_accounts').where('customer_id', wallet.customerId).update({ balance: 1 })
    await compare()
    await compare()
    assert.isFalse(await mayWithdraw())
    const entries = await AuditEntry.query().where('action', 'settings.changed')
    assert.lengthOf(entries, 1)
    assert.equal(entries[0].actorType, 'system')
    assert.containSubset(entries[0].after, { 'chain.withdrawals_enabled': false, reason: 'reconciliation' })

    await db.from('ledger_accounts').where('customer_id', wallet.customerId).update({ balance: 10_000_000 })
    assert.deepEqual(await differences(), [])
    assert.isFalse(await mayWithdraw())
  })

  test('without a chain, or before it was read, there is nothing to compare', async ({ assert }) => {
    const reconcile = await app.container.make(Reconcile)
    assert.containSubset(await reconcile.run(), { refusal: { code: 'chain_not_read' } })
    bindChain(null)
    assert.containSubset(await reconcile.run(), { refusal: { code: 'chain_off' } })
  })
})
