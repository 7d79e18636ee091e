import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { Operations } from '#chain/operations/operations'
import { ChainSender } from '#chain/sender/chain_sender'
import type ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import { transaction } from '#core/database/transaction'
import { refuse } from '#core/result'
import { gasDailyBudget, maxFeeGwei } from '#chain/settings'
import { FEE, SenderWorld } from '#tests/support/chain/sender_world'

const GWEI = 10n ** 9n
const ETHER = 10n ** 18n
/** Goes into the block before what we send. */
const DEAR = { maxFeePerGas: '0x174876e800', maxPriorityFeePerGas: '0xba43b7400' }

const openAlerts = () =>
  db.from('admin_alerts').whereNull('resolved_at').where('kind', 'chain').orderBy('id').select('fingerprint')

test.group('The sender in trouble', (group) => {
  let world: SenderWorld
  group.setup(async () => {
    world = await SenderWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => world.setup())
  group.each.timeout(60_000)

  const lastTx = () => ChainTx.query().orderBy('id', 'desc').firstOrFail()

  test('a transaction that no block takes is signed again for an eighth more, and either may be mined', async ({
    assert,
  }) => {
    const entry = await world.begin(await world.player())
    await world.evm.automine(false)
    await world.pass(2)
    const [topup] = await world.txs()
    assert.equal(topup.status, 'broadcast')
    for (let block = 0; block < 6; block++) {
      await world.baseFee(40n * GWEI)
      await world.evm.mine()
      await world.pass(5)
    }
    const [first, second] = await world.attempts(topup)
    assert.isTrue(BigInt(second.maxFee) * 8n >= BigInt(first.maxFee) * 9n)
    assert.isTrue(BigInt(second.maxPriorityFee) * 8n >= BigInt(first.maxPriorityFee) * 9n)
    await world.evm.automine(true)
    await world.untilMined(entry)
    await world.untilSettled()
    await topup.refresh()
    const attempts = await world.attempts(topup)
    assert.include(
      attempts.map(({ hash }) => hash),
      topup.hash
    )
    assert.equal(topup.status, 'confirmed')
  })

  test('nothing is offered above the cap: it waits, tells once, and goes on when gas is cheaper', async ({
    assert,
  }) => {
    await world.set(maxFeeGwei, 1)
    const entry = await world.begin(await world.player())
    await world.baseFee(5n * GWEI)
    await world.evm.mine()
    await world.pass(3)
    await entry.refresh()
    assert.deepEqual([entry.status, entry.reason], ['needs_attention', 'gas_price'])
    assert.deepEqual(await openAlerts(), [{ fingerprint: 'chain:gas_price' }])
    assert.lengthOf(await world.txs(), 0)
    await world.set(maxFeeGwei, 150)
    await world.untilMined(entry)
    assert.deepEqual(await openAlerts(), [])
  })

  test('a process that ends between signing and sending loses nothing', async ({ assert }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.pass()
    assert.deepEqual(await world.story(), ['topup signed'])
    await world.restart()
    await world.untilMined(entry)
    assert.equal(await world.entriesOf(player), 1)
  })

  test('given a call that was mined unseen, when another process goes on, then it reads the receipt', async ({
    assert,
  }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.untilStory('act broadcast')
    await world.evm.mine()
    await world.restart()
    await world.pass(2)
    await entry.refresh()
    assert.equal(entry.status, 'awaiting_confirmations')
    assert.equal(await world.entriesOf(player), 1)
  })

  test('what a reorganisation drops is sent again as it was signed', async ({ assert }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.untilMined(entry)
    const act = await lastTx()
    const { hash, blockNumber } = act
    const head = await world.evm.head()
    await world.evm.reorg(head - blockNumber! + 1)
    assert.equal(await world.entriesOf(player), 0)
    await world.evm.mine()
    await world.pass()
    await entry.refresh()
    assert.equal(entry.status, 'act')
    await world.untilMined(entry)
    await act.refresh()
    assert.equal(act.hash, hash)
    assert.equal(await world.entriesOf(player), 1)
    await world.untilSettled()
    assert.deepEqual(await world.story(), ['topup confirmed', 'approve confirmed', 'act confirmed'])
  })

  test('given a call that fails in its block, when that block stays, then the operation has failed in the words of the contract', async ({
    assert,
  }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.untilStory('act signed')
    await world.evm.automine(false)
    await world.pass()
    const data = world.evm.contracts.raffle.encodeFunctionData('setPaused', [true])
    await world.evm.rpc.call('eth_sendTransaction', [{ from: world.evm.owner, to: world.evm.raffle, data, ...DEAR }])
    await world.evm.mine()
    await world.pass(2)
    await entry.refresh()
    assert.equal(entry.status, 'act', 'its block may still go')
    await world.evm.mine(2)
    await world.pass(2)
    await entry.refresh()
    assert.deepEqual([entry.status, entry.reason, entry.detail], ['failed', 'reverted', 'RafflePaused'])
    assert.equal(await world.evm.usdtOf(player.address), FEE)
    assert.isNotNull(entry.finishedAt)
  })

  test('a call that would fail is not paid for', async ({ assert }) => {
    const player = await world.player(FEE)
    const withdrawal = await world.begin(player, 'withdraw', { amount: FEE * 2n, to: world.evm.owner })
    await world.untilStatus(withdrawal, 'failed')
    assert.equal(withdrawal.reason, 'reverted')
    assert.lengthOf(await world.txs(), 0)
  })

  test('what the room refuses ends the operation, with its reason', async ({ assert }) => {
    world.handlers.enter.answer = refuse('raffle_not_open')
    const entry = await world.begin(await world.player())
    await world.pass()
    await entry.refresh()
    assert.deepEqual([entry.status, entry.reason], ['failed', 'raffle_not_open'])
    assert.deepEqual(world.handlers.enter.heard, ['failed: raffle_not_open'])
  })

  const paysOut = async () => world.begin(await world.player(), 'withdraw', { amount: FEE, to: world.evm.owner })

  test('given a room that holds its operations, then they are given no gas and wait, and go on by themselves once it lets go', async ({
    assert,
  }) => {
    const { withdraw } = world.handlers
    withdraw.holds = () => 'withdrawals_off'
    const withdrawal = await paysOut()
    await world.pass(8)
    await withdrawal.refresh()
    assert.deepEqual([withdrawal.status, withdrawal.reason], ['needs_attention', 'withdrawals_off'])
    assert.deepEqual(withdraw.heard, ['needs_attention: withdrawals_off'])
    assert.deepEqual(await openAlerts(), [{ fingerprint: 'chain:withdrawals_off' }])
    assert.lengthOf(await world.txs(), 0)
    withdraw.holds = () => null
    await world.untilMined(withdrawal)
    assert.deepEqual(await openAlerts(), [])
  })

  test('given a hold that comes as its call is signed, then it is not signed', async ({ assert }) => {
    const { withdraw } = world.handlers
    withdraw.holds = (trx) => (trx ? 'withdrawals_off' : null)
    const withdrawal = await paysOut()
    await world.untilStatus(withdrawal, 'needs_attention')
    assert.equal(withdrawal.reason, 'withdrawals_off')
    const txs = await world.txs()
    assert.deepEqual(
      txs.map(({ step }) => step),
      ['topup']
    )
  })

  test('given a hold that comes when its call is signed, then the call goes on', async () => {
    const withdrawal = await paysOut()
    await world.untilStory('act signed')
    world.handlers.withdraw.holds = () => 'withdrawals_off'
    await world.untilMined(withdrawal)
  })

  test('given a call that is stuck, when its wallet can’t pay for a higher price, then it is topped up first', async ({
    assert,
  }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.untilStory('act signed')
    const act = await lastTx()
    await world.evm.automine(false)
    await world.pass()
    const attempts = async () => {
      const all = await world.attempts(act)
      return all.length
    }
    const topups = () => ChainTx.query().where('kind', 'gas_topup')
    await world.dearly(async () => {
      const all = await topups()
      return all.length === 2
    })
    assert.equal(await attempts(), 1, 'nothing is offered that can’t be paid')
    await world.dearly(async () => {
      const all = await attempts()
      return all > 1
    })
    await world.evm.automine(true)
    await world.untilMined(entry)
    assert.equal(await world.entriesOf(player), 1)
  })

  test('given a call that is stuck below the cap, then somebody is told, and it is mined when gas is cheaper', async ({
    assert,
  }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.untilStory('act signed')
    await world.set(maxFeeGwei, 1)
    await world.evm.automine(false)
    for (let block = 0; block < 6; block++) {
      await world.baseFee(60n * GWEI)
      await world.evm.mine()
      await world.pass(5)
    }
    await entry.refresh()
    assert.deepEqual([entry.status, entry.reason], ['needs_attention', 'gas_price'])
    assert.deepEqual(await openAlerts(), [{ fingerprint: 'chain:gas_price' }])
    await world.baseFee(1n)
    await world.untilMined(entry)
    assert.deepEqual(await openAlerts(), [])
  })

  test('given a call that succeeded and whose event the listener has not found, then a person is called', async ({
    assert,
  }) => {
    const entry = await world.begin(await world.player())
    await world.untilMined(entry)
    await world.untilSettled()
    await world.pass(60)
    await entry.refresh()
    assert.equal(entry.status, 'awaiting_confirmations', 'it has not read so far')
    const cursor = { stream: 'events', block_number: 1000, head: 1000, confirmed_block: 1000, updated_at: 1 }
    await db.table('chain_cursors').insert({ chain_id: world.evm.chainId, ...cursor })
    await world.pass(60)
    await entry.refresh()
    assert.deepEqual([entry.status, entry.reason], ['needs_attention', 'no_event'])
    await world.confirm(entry)
    assert.equal(entry.status, 'confirmed', 'it may be found later')
    assert.deepEqual(await openAlerts(), [])
  })

  test('given a node that is away, then nothing is given up, and all goes on when it is back', async ({ assert }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.untilStory('approve signed')
    world.disconnect()
    for (let round = 0; round < 5; round++) await world.pass().catch(() => {})
    await entry.refresh()
    assert.equal(entry.status, 'approve')
    world.connect()
    await world.untilMined(entry)
    assert.equal(await world.entriesOf(player), 1)
  })

  test('given a settled transaction whose block is gone all the same, then it is sent again when another waits for it', async ({
    assert,
  }) => {
    const first = await world.begin(await world.player())
    await world.untilMined(first)
    await world.untilSettled()
    const [topup] = await world.txs()
    await world.evm.reorg((await world.evm.head()) - topup.blockNumber! + 1)
    const player = await world.player()
    const entry = await world.begin(player)
    await world.until(
      async () => {
        await entry.refresh()
        return entry.status === 'awaiting_confirmations'
      },
      { rounds: 100 }
    )
    assert.equal(await world.entriesOf(player), 1)
    await topup.refresh()
    assert.isNotNull(topup.blockNumber)
  })

  test('given an empty treasury, then all wait with one alert, and go on by themselves once it is funded', async ({
    assert,
  }) => {
    await world.evm.setBalance(world.treasury.address, 1000n)
    const entries = [await world.begin(await world.player()), await world.begin(await world.player())]
    await world.pass(8)
    for (const entry of entries) await entry.refresh()
    assert.deepEqual(
      entries.map(({ status, reason }) => [status, reason]),
      [
        ['needs_attention', 'treasury_empty'],
        ['needs_attention', 'treasury_empty'],
      ]
    )
    assert.deepEqual(await openAlerts(), [{ fingerprint: 'chain:treasury_empty' }])
    assert.deepEqual(world.handlers.enter.heard, Array(2).fill('needs_attention: treasury_empty'))
    await world.evm.setBalance(world.treasury.address, ETHER)
    for (const entry of entries) await world.untilMined(entry)
    assert.deepEqual(await openAlerts(), [])
  })

  test('the treasury gives no more in a day than its budget', async ({ assert }) => {
    await world.set(gasDailyBudget, '0.0000001')
    const entry = await world.begin(await world.player())
    await world.pass(3)
    await entry.refresh()
    assert.deepEqual([entry.status, entry.reason], ['needs_attention', 'gas_budget'])
    assert.lengthOf(await world.txs(), 0)
    await world.set(gasDailyBudget, '0.1')
    await world.untilMined(entry)
  })

  test('given twenty customers at once, then the treasury waits for no block and has sixteen in flight at most', async ({
    assert,
  }) => {
    const players = await world.players(20)
    await world.evm.automine(false)
    const entries = []
    for (const player of players) entries.push(await world.begin(player))
    await world.pass(6)
    const topups = await world.txs()
    assert.equal(topups.length, 16)
    assert.deepEqual(
      topups.map(({ nonce }) => nonce),
      Array.from({ length: 16 }, (_, nonce) => nonce)
    )
    await world.evm.automine(true)
    for (const entry of entries) await world.untilMined(entry)
    for (const player of players) assert.equal(await world.entriesOf(player), 1)
  })

  test('an allowance that stands and is too small is taken back first', async ({ assert }) => {
    const player = await world.player()
    await world.evm.act(player.address, 'usdt', 'approve', [world.evm.raffle, 1n])
    await world.evm.setBalance(player.address, 0n)
    const entry = await world.begin(player)
    await world.untilMined(entry)
    const txs = await world.txs()
    assert.deepEqual(
      txs.map(({ step, amount }) => [step, amount]),
      [
        ['topup', null],
        ['reset', 0n],
        ['approve', FEE],
        ['act', null],
      ]
    )
    assert.equal(await world.entriesOf(player), 1)
  })

  test('given somebody else who used the nonce, then a person is called and nothing is done again', async ({
    assert,
  }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.untilStory('act signed')
    await world.evm.send(player.address, world.evm.owner)
    await world.evm.mine(3)
    await world.untilStatus(entry, 'needs_attention')
    assert.equal(entry.reason, 'nonce_taken')
    assert.deepEqual(await openAlerts(), [{ fingerprint: `chain_operation:${entry.reference}` }])
    await world.pass(5)
    assert.equal(await world.entriesOf(player), 0)
  })

  test('given a nonce that was left out, then it is used up and what waited behind it goes on', async ({ assert }) => {
    const player = await world.player()
    const first = await world.begin(await world.player())
    await world.untilMined(first)
    await db.from('chain_accounts').where('address_key', world.treasury.addressKey).increment('next_nonce', 1)
    const entry = await world.begin(player)
    await world.until(
      async () => {
        await entry.refresh()
        return entry.status === 'awaiting_confirmations'
      },
      { rounds: 100 }
    )
    const treasurys = await ChainTx.query().where('walletId', world.treasury.id).orderBy('nonce')
    assert.deepEqual(
      treasurys.map(({ nonce, kind }) => [nonce, kind]),
      [
        [0, 'gas_topup'],
        [1, 'noop'],
        [2, 'gas_topup'],
      ]
    )
  })

  test('two senders that both think they are alone sign each step once', async ({ assert }) => {
    const twin = await world.make(ChainSender)
    const players = await world.players(4)
    const entries: ChainOperation[] = []
    for (const player of players) entries.push(await world.begin(player))
    await world.until(async () => {
      await Promise.all([world.pass(), twin.pass()])
      for (const entry of entries) await entry.refresh()
      return entries.every(({ status }) => status === 'awaiting_confirmations')
    })
    for (const player of players) assert.equal(await world.entriesOf(player), 1)
    assert.lengthOf(await world.txs(), 12)
  })

  test('a wallet does one thing at a time', async ({ assert }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    await assert.rejects(
      () => world.begin(player, 'withdraw', { amount: 1n, to: world.evm.owner }),
      /operation_in_progress/
    )
    const operations = await world.make(Operations)
    const { key, kind, walletId, customerId } = entry
    const again = await transaction((trx) =>
      operations.begin(trx, { key, kind, walletId, customerId, subject: { type: 'test', id: 1 } })
    )
    assert.equal(again.ok && again.value.id, entry.id)
  })
})
