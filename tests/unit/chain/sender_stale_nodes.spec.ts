import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { GiveUpOperation } from '#chain/actions/give_up_operation'
import { RetryOperation } from '#chain/actions/retry_operation'
import ChainEvent from '#chain/models/chain_event'
import type ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import type ChainWallet from '#chain/models/chain_wallet'
import { ChainRpc, type At, type CallRequest } from '#chain/rpc/chain_rpc'
import { CallReverted } from '#chain/rpc/rpc_errors'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { answerOtherwise, behind } from '#tests/support/chain/other_nodes'
import { FEE, SenderWorld } from '#tests/support/chain/sender_world'

const LAG = 2

test.group('The sender behind nodes that are not abreast', (group) => {
  let world: SenderWorld
  group.setup(async () => {
    world = await SenderWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => world.setup())
  group.each.setup(() => () => app.container.restore(ChainRpc))
  group.each.timeout(60_000)

  const answer = async (changes: (rpc: ChainRpc) => Partial<ChainRpc>) => {
    await answerOtherwise(changes)
    await world.restart()
  }
  const acts = async () => {
    const txs = await ChainTx.query().orderBy('id')
    return txs.filter(({ step }) => step.startsWith('act'))
  }
  const retry = async ({ id: operationId }: ChainOperation) => {
    const action = await world.make(RetryOperation)
    assertOk(await action.run({ operationId, actor: SYSTEM_ACTOR }))
  }
  const giveUp = async ({ id: operationId }: ChainOperation) => {
    const action = await world.make(GiveUpOperation)
    return action.run({ operationId, note: 'The customer asked', actor: SYSTEM_ACTOR })
  }
  const assertOk = ({ ok }: { ok: boolean }) => {
    if (!ok) throw new Error('It was refused')
  }

  const entersInThreeSteps = async () => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.untilMined(entry)
    const txs = await world.txs()
    return { steps: txs.map(({ step }) => step), entries: await world.entriesOf(player) }
  }
  const ONCE = { steps: ['topup', 'approve', 'act'], entries: 1 }

  test('given nodes whose latest block is an older one, then nothing is done twice', async ({ assert }) => {
    await answer(behind(LAG))
    assert.deepEqual(await entersInThreeSteps(), ONCE)
  })

  test('given nodes whose latest block is older than the approval, then what comes after it is estimated at once', async ({
    assert,
  }) => {
    let reverted = 0
    await answer((rpc) => {
      const { estimateGas } = behind(LAG)(rpc)
      const counted = async (request: CallRequest, at?: At) =>
        estimateGas!(request, at).catch((error) => {
          reverted++
          throw error
        })
      return { estimateGas: counted }
    })
    assert.deepEqual(await entersInThreeSteps(), ONCE)
    assert.equal(reverted, 0)
  })

  test('given a head older than the last transaction, then the next step waits for it', async ({ assert }) => {
    await answer((rpc) => ({ head: async () => Math.max(0, (await rpc.head()) - LAG) }))
    assert.deepEqual(await entersInThreeSteps(), ONCE)
  })

  test('given a head older than the top-up of an operation that was given up, then the next one is not given gas again', async ({
    assert,
  }) => {
    await answer((rpc) => ({ head: async () => Math.max(0, (await rpc.head()) - 2 * LAG) }))
    const player = await world.player()
    const first = await world.begin(player)
    await world.untilStory('topup mined')
    assertOk(await giveUp(first))
    const entry = await world.begin(player)
    await world.pass(2)
    await world.untilMined(entry)
    const txs = await world.txs()
    assert.deepEqual(
      txs.map(({ step }) => step),
      ['topup', 'approve', 'act']
    )
  })

  test('given a node on which the call would fail, when no block has come since, then the operation has not failed', async ({
    assert,
  }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    const lagging = { isSo: true }
    await answer((rpc) => ({
      estimateGas: async (request: CallRequest) => {
        if (lagging.isSo) throw new CallReverted(null, null)
        return rpc.estimateGas(request)
      },
    }))
    await world.pass(12)
    await entry.refresh()
    assert.deepEqual([entry.status, entry.failures], ['new', 4])
    lagging.isSo = false
    await world.untilMined(entry)
    assert.equal(await world.entriesOf(player), 1)
  })

  test('given a first node that tells nobody of what it takes, then the others are given it the next time', async ({
    assert,
  }) => {
    await answer(() => ({ send: async () => `0x${'00'.repeat(32)}` }))
    await world.begin(await world.player())
    await world.untilStory('topup confirmed')
    const [topup] = await world.txs()
    assert.lengthOf(await world.attempts(topup), 1)
  })

  test('given nodes that lose what they take while its price is enough, then it is handed over again, and signed again only when that lasts', async ({
    assert,
  }) => {
    const handed: string[] = []
    const lose = async (raw: string) => {
      handed.push(raw)
      return `0x${'00'.repeat(32)}`
    }
    await answer(() => ({ send: lose, spread: lose }))
    await world.begin(await world.player())
    const blocksAndRounds = async (times: number) => {
      for (let block = 0; block < times; block++) {
        await world.evm.mine()
        await world.pass(10)
      }
    }
    await blocksAndRounds(24)
    const [topup] = await world.txs()
    assert.lengthOf(await world.attempts(topup), 1)
    assert.isAbove(handed.length, 10)
    assert.lengthOf(new Set(handed), 1)
    await blocksAndRounds(10)
    const [first, second] = await world.attempts(topup)
    assert.isAbove(Number(second.maxFee), Number(first.maxFee))
  })

  /** A call that is mined, and whose receipt no node has. */
  const actWithoutReceipt = async (player: ChainWallet) => {
    const entry = await world.begin(player)
    await world.untilStory('act signed')
    const [act] = await acts()
    const lost = { isSo: true }
    await answer((rpc) => ({
      receipt: async (hash: string) => (lost.isSo && hash === act.hash ? null : rpc.receipt(hash)),
    }))
    await world.pass()
    await world.evm.mine(5)
    return { entry, lost }
  }

  test('given a receipt that is missing at two heads, then the nonce is not taken for another’s', async ({
    assert,
  }) => {
    const player = await world.player()
    const { entry, lost } = await actWithoutReceipt(player)
    await world.pass(10)
    await world.evm.mine()
    await world.pass(10)
    await entry.refresh()
    assert.equal(entry.status, 'act')
    lost.isSo = false
    await world.untilMined(entry)
    assert.equal(await world.entriesOf(player), 1)
  })

  test('given a call that was mined after all, when a person retries it, then it is found and not made again', async ({
    assert,
  }) => {
    const player = await world.player(FEE * 2n)
    const { entry, lost } = await actWithoutReceipt(player)
    await world.untilStatus(entry, 'needs_attention')
    assert.equal(entry.reason, 'nonce_taken')
    lost.isSo = false
    await retry(entry)
    await world.untilMined(entry)
    await world.untilSettled()
    assert.equal(await world.entriesOf(player), 1)
    const found = await acts()
    assert.deepEqual(
      found.map(({ status }) => status),
      ['confirmed']
    )
  })

  /** Its nonce is used by the very same payment, signed elsewhere. */
  const paidElsewhere = async () => {
    const player = await world.player(FEE * 3n)
    const withdrawal = await world.begin(player, 'withdraw', { amount: FEE, to: world.evm.owner })
    await world.untilStory('act signed')
    await world.evm.transfer(player.address, world.evm.owner, FEE)
    await world.evm.mine(3)
    await world.untilStatus(withdrawal, 'needs_attention')
    return { player, withdrawal }
  }
  const givenTransfer = async (player: ChainWallet, txHash: string) => {
    const blockNumber = await world.evm.head()
    await ChainEvent.create({
      ...{ chainId: world.evm.chainId, blockNumber, blockHash: txHash, logIndex: 0, txHash, ordinal: 0 },
      ...{ contractKey: world.evm.usdt.toLowerCase(), name: 'Transfer', args: {}, status: 'confirmed', createdAt: 1 },
      ...{ fromKey: player.addressKey, toKey: world.evm.owner.toLowerCase(), amount: FEE },
    })
  }

  test('given a payment like it that no operation has made, when a person retries it, then it is not paid again', async ({
    assert,
  }) => {
    const { player, withdrawal } = await paidElsewhere()
    await givenTransfer(player, `0x${'ab'.repeat(32)}`)
    await retry(withdrawal)
    await world.untilStatus(withdrawal, 'needs_attention')
    assert.equal(withdrawal.reason, 'paid_elsewhere')
    assert.include(withdrawal.detail, `0x${'ab'.repeat(32)}`)
    assert.lengthOf(await acts(), 1)
  })

  test('given a nonce that something else has used, when a person retries it, then it is paid', async ({ assert }) => {
    const { withdrawal } = await paidElsewhere()
    await retry(withdrawal)
    await world.untilMined(withdrawal)
    assert.lengthOf(await acts(), 2)
  })
})
