import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { Chain } from '#chain/chain_config'
import { ChainRpc, type At, type CallRequest } from '#chain/rpc/chain_rpc'
import { CallReverted } from '#chain/rpc/rpc_errors'
import { SenderWorld } from '#tests/support/chain/sender_world'

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

  /** From now on some answers are those of another node. */
  const answer = async (changes: (rpc: ChainRpc) => Partial<ChainRpc>) => {
    const chain = await app.container.make(Chain)
    app.container.swap(ChainRpc, () => Object.assign(new ChainRpc(chain), changes(new ChainRpc(chain))))
    await world.restart()
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
    await answer((rpc) => {
      const seen = async (at: At) => (at === 'latest' ? (await rpc.head()) - LAG : at)
      return {
        balance: async (address: string, at: At = 'latest') => rpc.balance(address, await seen(at)),
        call: async (request: CallRequest, at: At = 'latest') => rpc.call(request, await seen(at)),
      }
    })
    assert.deepEqual(await entersInThreeSteps(), ONCE)
  })

  test('given a head older than the last transaction, then the next step waits for it', async ({ assert }) => {
    await answer((rpc) => ({ head: async () => Math.max(0, (await rpc.head()) - LAG) }))
    assert.deepEqual(await entersInThreeSteps(), ONCE)
  })

  test('given a node on which the call would fail, when no block has come since, then the operation has not failed', async ({
    assert,
  }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    const behind = { isSo: true }
    await answer((rpc) => ({
      estimateGas: async (request: CallRequest) => {
        if (behind.isSo) throw new CallReverted(null, null)
        return rpc.estimateGas(request)
      },
    }))
    await world.pass(12)
    await entry.refresh()
    assert.deepEqual([entry.status, entry.failures], ['new', 4])
    behind.isSo = false
    await world.untilMined(entry)
    assert.equal(await world.entriesOf(player), 1)
  })
})
