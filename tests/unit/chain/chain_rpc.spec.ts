import { test } from '@japa/runner'
import { ChainOf } from '#chain/chain_config'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { CallReverted, ChainUnavailable, RangeTooWide, SendRefused, WrongChain } from '#chain/rpc/rpc_errors'
import { NOWHERE } from '#tests/support/chain/bind_chain'
import { FakeNode } from '#tests/support/chain/fake_node'

const ADDRESS = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const hash = (digit: string) => `0x${digit.repeat(64)}`

const rpcOf = (urls: string[], timeoutMs = 5_000) =>
  new ChainRpc(new ChainOf({ ...NOWHERE, rpcUrls: urls }), { timeoutMs })

const nodes: FakeNode[] = []

async function nodeWith(answers: FakeNode['answers'] = {}) {
  const node = await FakeNode.start(answers)
  nodes.push(node)
  return node
}

async function thrown(work: Promise<unknown>): Promise<any> {
  return work.then(
    () => null,
    (error) => error
  )
}

test.group('ChainRpc', (group) => {
  group.each.teardown(async () => {
    await Promise.all(nodes.splice(0).map((node) => node.stop()))
  })

  test('the first node answers as long as it can', async ({ assert }) => {
    const first = await nodeWith({ eth_getBalance: { result: '0x10' } })
    const second = await nodeWith({ eth_getBalance: { result: '0x20' } })
    const rpc = rpcOf([first.url, second.url])
    assert.equal(await rpc.balance(ADDRESS), 16n)
    assert.equal(second.count('eth_getBalance'), 0)
  })

  test('given a first node that {0}, when something is asked, then the second one answers')
    .with([
      ['is too busy', { status: 429 }],
      ['is broken', { status: 502, body: '<html>' }],
      ['talks nonsense', { result: 'plenty' }],
      ['leaves the result out', {} as any],
      ['is rate limited in its own words', { error: { code: -32005, message: 'daily request count exceeded' } }],
      ['has lost its state', { error: { code: -32000, message: 'missing trie node' } }],
    ] as const)
    .run(async ({ assert }, [, answer]) => {
      const first = await nodeWith({ eth_getBalance: answer as any })
      const second = await nodeWith({ eth_getBalance: { result: '0x20' } })
      assert.equal(await rpcOf([first.url, second.url]).balance(ADDRESS), 32n)
    })

  test('given a first node that says nothing, when its time is up, then the second one answers', async ({ assert }) => {
    const first = await nodeWith({ eth_getBalance: 'silence' })
    const second = await nodeWith({ eth_getBalance: { result: '0x20' } })
    assert.equal(await rpcOf([first.url, second.url], 1_500).balance(ADDRESS), 32n)
  })

  test('given a node that failed five times, when something is asked, then it is left alone', async ({ assert }) => {
    const first = await nodeWith({ eth_getBalance: { status: 503 } })
    const second = await nodeWith({ eth_getBalance: { result: '0x20' } })
    const rpc = rpcOf([first.url, second.url])
    for (let call = 0; call < 8; call++) await rpc.balance(ADDRESS)
    assert.equal(first.count('eth_getBalance'), 5)
    assert.deepEqual(
      rpc.status().map(({ circuit }) => circuit),
      ['open', 'closed']
    )
  })

  test('given nobody who answers, then it says so without telling where it asked', async ({ assert }) => {
    const node = await nodeWith({
      eth_getBalance: { error: { code: -32000, message: 'project 0a1b2c3d4e5f is over' } },
    })
    const error = await thrown(rpcOf([`${node.url}v3/0a1b2c3d4e5f?token=f00dfacef00d`]).balance(ADDRESS))
    assert.instanceOf(error, ChainUnavailable)
    const text = JSON.stringify([error, error.message, error.stack, error.cause?.message, error.cause?.stack])
    assert.notInclude(text, '0a1b2c3d4e5f')
    assert.notInclude(text, 'f00dfacef00d')

    const dead = await thrown(rpcOf(['http://user:hunter2hunter2@127.0.0.1:9/v3/0a1b2c3d4e5f']).balance(ADDRESS))
    assert.instanceOf(dead, ChainUnavailable)
    const words = JSON.stringify([dead, dead.message, dead.stack])
    assert.notMatch(words, /hunter2|0a1b2c3d4e5f/)
  })

  test('a user in the URL is sent as one, which fetch alone refuses', async ({ assert }) => {
    const node = await nodeWith({ eth_getBalance: { result: '0x1' } })
    await rpcOf([node.url.replace('http://', 'http://alice:s3cret@')]).balance(ADDRESS)
    assert.equal(node.headers.authorization, `Basic ${Buffer.from('alice:s3cret').toString('base64')}`)
  })

  test('a node of another chain is never asked for anything', async ({ assert }) => {
    const foreign = await nodeWith({ eth_chainId: { result: '0x1' }, eth_getBalance: { result: '0x10' } })
    const ours = await nodeWith({ eth_getBalance: { result: '0x20' } })
    assert.equal(await rpcOf([foreign.url, ours.url]).balance(ADDRESS), 32n)
    assert.equal(foreign.count('eth_getBalance'), 0)

    const error = await thrown(rpcOf([foreign.url]).balance(ADDRESS))
    assert.instanceOf(error, WrongChain)
    assert.match(error.message, /serves the chain 1, but CHAIN_ID is 31337/)
  })

  test('given a first node that lags behind, then the others are asked until it has caught up', async ({ assert }) => {
    const late = await nodeWith({ eth_blockNumber: { result: '0x10' }, eth_getBalance: { result: '0x10' } })
    const good = await nodeWith({ eth_getBalance: { result: '0x20' } })
    const rpc = rpcOf([late.url, good.url])
    assert.equal(await rpc.head(), 100)
    assert.equal(await rpc.balance(ADDRESS), 32n)
    assert.deepEqual(
      rpc.status().map(({ isBehind }) => isBehind),
      [true, false]
    )

    late.answers.eth_blockNumber = { result: '0x65' }
    assert.equal(await rpc.head(), 101)
    assert.equal(await rpc.balance(ADDRESS), 16n)
  })

  test('given a chain that went back, when all nodes say so, then they are believed', async ({ assert }) => {
    const [first, second] = [await nodeWith(), await nodeWith()]
    const rpc = rpcOf([first.url, second.url])
    assert.equal(await rpc.head(), 100)
    for (const node of [first, second]) {
      node.answers.eth_blockNumber = { result: '0x10' }
      node.answers.eth_getBalance = { result: '0x1' }
    }
    assert.equal(await rpc.head(), 16)
    assert.equal(await rpc.balance(ADDRESS), 1n)
  })

  test('what one node misses another one may have', async ({ assert }) => {
    const transaction = { hash: hash('a'), from: ADDRESS, to: ADDRESS, nonce: '0x1', blockNumber: null }
    const first = await nodeWith({ eth_getTransactionByHash: { result: null } })
    const second = await nodeWith({ eth_getTransactionByHash: { result: transaction } })
    const found = await rpcOf([first.url, second.url]).transaction(hash('a'))
    assert.equal(found?.nonce, 1)
    assert.isNull(await rpcOf([first.url]).transaction(hash('a')))
  })

  test('logs of a range that a node has not come to are not asked of it', async ({ assert }) => {
    const node = await nodeWith({ eth_getLogs: { result: [] } })
    const rpc = rpcOf([node.url])
    assert.deepEqual(await rpc.logs({ address: ADDRESS, fromBlock: 90, toBlock: 100 }), [])
    const error = await thrown(rpc.logs({ address: ADDRESS, fromBlock: 90, toBlock: 101 }))
    assert.instanceOf(error, ChainUnavailable)
    assert.equal(node.count('eth_getLogs'), 1)
  })

  test('given logs that nobody asked for, then the answer is not believed', async ({ assert }) => {
    const log = (changes: object) => ({
      address: ADDRESS,
      topics: [hash('1')],
      data: '0x',
      blockNumber: '0x5b',
      blockHash: hash('b'),
      transactionHash: hash('c'),
      logIndex: '0x2',
      ...changes,
    })
    const node = await nodeWith()
    const rpc = rpcOf([node.url])
    const range = { address: ADDRESS, fromBlock: 90, toBlock: 95 }
    for (const wrong of [{ blockNumber: '0x1' }, { address: `0x${'0'.repeat(40)}` }, { blockHash: '0x12' }]) {
      node.answers.eth_getLogs = { result: [log(wrong)] }
      assert.instanceOf(await thrown(rpc.logs(range)), ChainUnavailable)
    }
    node.answers.eth_getLogs = { result: [log({}), log({ logIndex: '0x1' })] }
    const logs = await rpc.logs(range)
    assert.deepEqual(
      logs.map(({ logIndex, address }) => [logIndex, address]),
      [
        [1, ADDRESS.toLowerCase()],
        [2, ADDRESS.toLowerCase()],
      ]
    )
  })

  test('a range that is too wide is told as that, with what the node offers: {0}')
    .with([
      ['query returned more than 10000 results. Try with this block range [0x10, 0x1f].', 16],
      ['eth_getLogs is limited to a 10,000 blocks range', 10_000],
      ['You can make eth_getLogs requests with up to a 500 block range.', 500],
      ['exceed maximum block range: 50', 50],
      ['block range is too wide', null],
      ['query timeout exceeded', null],
      ['Log response size exceeded.', null],
    ] as const)
    .run(async ({ assert }, [message, suggested]) => {
      const node = await nodeWith({ eth_getLogs: { error: { code: -32005, message } } })
      const error = await thrown(rpcOf([node.url]).logs({ address: ADDRESS, fromBlock: 1, toBlock: 99 }))
      assert.instanceOf(error, RangeTooWide)
      assert.equal(error.suggested, suggested)
    })

  test('headers come in one request, or one by one from a node that wants that', async ({ assert }) => {
    const node = await nodeWith({
      eth_getBlockByNumber: ([number]) => ({
        result: { number, hash: hash('a'), parentHash: hash('b'), timestamp: '0x10' },
      }),
    })
    const rpc = rpcOf([node.url])
    const blocks = await rpc.blocks(10, 99)
    assert.deepEqual([blocks.length, blocks[0].number, blocks[89].number, blocks[0].minedAt], [90, 10, 99, 16_000])
    assert.equal(node.requests, 4)

    node.takesBatches = false
    assert.lengthOf(await rpc.blocks(10, 12), 3)
  })

  test('a call that would fail is told with its reason: {0}')
    .with([
      ['execution reverted: Raffle is paused', undefined, 'Raffle is paused'],
      [
        'execution reverted',
        `0x08c379a0${'20'.padStart(64, '0')}${'5'.padStart(64, '0')}${Buffer.from('Hello').toString('hex').padEnd(64, '0')}`,
        'Hello',
      ],
      ['execution reverted', `0x4e487b71${'11'.padStart(64, '0')}`, 'panic 0x11'],
      ['execution reverted', '0xdeadbeef', null],
    ] as const)
    .run(async ({ assert }, [message, data, reason]) => {
      const node = await nodeWith({ eth_call: { error: { code: 3, message, data } } })
      const error = await thrown(rpcOf([node.url]).call({ to: ADDRESS, data: '0x' }))
      assert.instanceOf(error, CallReverted)
      assert.equal(error.reason, reason)
    })

  test('a node that won’t take a transaction is understood: {0}')
    .with([
      ['already known', 'known'],
      ['transaction already imported', 'known'],
      ['nonce too low: next nonce 5, tx nonce 4', 'nonce_too_low'],
      ['replacement transaction underpriced', 'underpriced'],
      ['insufficient funds for gas * price + value', 'insufficient_funds'],
      ['invalid sender', 'other'],
    ] as const)
    .run(async ({ assert }, [message, kind]) => {
      const node = await nodeWith({ eth_sendRawTransaction: { error: { code: -32000, message } } })
      const error = await thrown(rpcOf([node.url]).send('0x02'))
      assert.instanceOf(error, SendRefused)
      assert.equal(error.kind, kind)
    })

  test('given a node that has a transaction already, when it is spread, then the others are given it too', async ({
    assert,
  }) => {
    const known = await nodeWith({ eth_sendRawTransaction: { error: { code: -32000, message: 'already known' } } })
    const other = await nodeWith({ eth_sendRawTransaction: { result: hash('a') } })
    assert.equal(await rpcOf([known.url, other.url]).spread('0x02'), hash('a'))
    const error = await thrown(rpcOf([known.url]).spread('0x02'))
    assert.instanceOf(error, SendRefused)
    assert.equal(error.kind, 'known')
  })

  test('the price of gas is that of the next block, the tip what half of the others paid', async ({ assert }) => {
    const history = { baseFeePerGas: ['0x1', '0x2', '0x77359400'], reward: [['0x3b9aca00'], ['0x77359400'], ['0x0']] }
    const node = await nodeWith({ eth_feeHistory: { result: history } })
    assert.deepEqual(await rpcOf([node.url]).fees(), { baseFee: 2_000_000_000n, tip: 1_000_000_000n })
  })
})
