import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { ChainCheck } from '#chain/health/chain_check'
import ChainCursor from '#chain/models/chain_cursor'
import { Clock } from '#core/clock'
import { bindChain, NOWHERE } from '#tests/support/chain/bind_chain'
import { FakeNode } from '#tests/support/chain/fake_node'
import { resetDatabase } from '#tests/support/database'
import { MINUTE, TestClock } from '#tests/support/test_clock'

let nodes: FakeNode[]
let clock: TestClock

async function find(urls = nodes.map(({ url }) => url)) {
  bindChain({ ...NOWHERE, rpcUrls: urls })
  const check = await app.container.make(ChainCheck)
  return check.check()
}

const cursor = (changes: object = {}) =>
  ChainCursor.create({
    ...{ chainId: NOWHERE.chainId, stream: 'events', blockNumber: 100, head: 100, confirmedBlock: 89 },
    updatedAt: clock.now(),
    ...changes,
  })

test.group('Health of the chain', (group) => {
  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    nodes = [await FakeNode.start(), await FakeNode.start()]
    clock = new TestClock()
    app.container.swap(Clock, () => clock)
    return async () => {
      app.container.restore(Clock)
      bindChain(null)
      await Promise.all(nodes.map((node) => node.stop()))
    }
  })

  test('nodes that answer and a listener that keeps up are healthy', async ({ assert }) => {
    await cursor()
    const { status, details } = await find()
    assert.equal(status, 'healthy')
    assert.containSubset(details, { chain: 31_337, nodes: 2, nodes_good: 2, head: 100, read_up_to: 100, lag: 0 })
  })

  test('a node that is away, or behind, is told by its host alone', async ({ assert }) => {
    await cursor()
    nodes[1].answers.eth_blockNumber = { result: '0x1' }
    const [, second] = nodes.map(({ url }) => new URL(url).host)
    assert.containSubset(await find(), { status: 'degraded', message: `${second} does not answer or is behind` })
    const away = await find([nodes[0].url, 'http://127.0.0.1:9/v3/0a1b2c3d4e5f'])
    assert.containSubset(away, { status: 'degraded', message: '127.0.0.1:9 does not answer or is behind' })
  })

  test('no node at all, one of another chain, or a listener that has stopped, is unhealthy', async ({ assert }) => {
    await cursor({ stopped: 'a reorganisation of 40 blocks' })
    const away = await find(['http://127.0.0.1:9/'])
    assert.containSubset(away, { status: 'unhealthy', message: 'no node answers' })
    const stopped = await find()
    assert.containSubset(stopped, {
      status: 'unhealthy',
      message: 'the listener has stopped: a reorganisation of 40 blocks',
    })
    nodes[1].answers.eth_chainId = { result: '0x1' }
    const foreign = await find()
    assert.equal(foreign.status, 'unhealthy')
    assert.match(foreign.message!, /serves the chain 1$/)
  })

  test('a listener that says nothing, lags or never began is degraded', async ({ assert }) => {
    assert.containSubset(await find(), { status: 'degraded', message: 'nobody has read the chain yet' })
    const row = await cursor({ blockNumber: 10 })
    assert.containSubset(await find(), { status: 'degraded', message: 'the listener is 90 blocks behind' })
    await row.merge({ blockNumber: 100 }).save()
    clock.advance(2 * MINUTE)
    assert.containSubset(await find(), { status: 'degraded', message: 'nobody reads the chain' })
  })
})
