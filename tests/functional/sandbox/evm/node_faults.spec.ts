import { Wallet } from 'ethers'
import { test } from '@japa/runner'
import { Rpc } from '#sandbox/evm/rpc'
import { SandboxServer } from '#sandbox/server'
import { EvmWorld } from '#tests/support/chain/evm'

const ANNA = '0x000000000000000000000000000000000000a11a'
const ALL = { fromBlock: '0x0', toBlock: 'latest' }

test.group("Faults of a chain's node", (group) => {
  let world: EvmWorld
  let sandbox: SandboxServer
  let node: Rpc
  group.setup(async () => {
    world = await EvmWorld.start()
    sandbox = await SandboxServer.start({ evm: world.rpcUrl })
    node = new Rpc(`${sandbox.url}/evm`)
    for (let payment = 0; payment < 4; payment++) await world.mint(ANNA, 1n)
    return async () => {
      await sandbox.stop()
      await world.stop()
    }
  })
  group.each.setup(async () => {
    const snapshot = await world.snapshot()
    return async () => {
      sandbox.faults.clear()
      await world.revert(snapshot)
    }
  })

  test('given none, then both ways lead to the chain', async ({ assert }) => {
    const head = await world.head()
    assert.equal(Number(await node.call('eth_blockNumber')), head)
    assert.equal(Number(await new Rpc(`${sandbox.url}/evm-backup`).call('eth_blockNumber')), head)
  })

  test('given a batch, then each call is answered under its id', async ({ assert }) => {
    sandbox.faults.set({ service: 'evm', kind: 'slow', delayMs: 1 })
    const response = await fetch(node.url, {
      method: 'POST',
      body: JSON.stringify([
        { jsonrpc: '2.0', id: 'a', method: 'eth_chainId', params: [] },
        { jsonrpc: '2.0', id: 'b', method: 'eth_getBlockByNumber', params: ['0x0', false] },
      ]),
    })
    const [first, second] = (await response.json()) as any[]
    assert.deepEqual([first.id, Number(first.result)], ['a', world.chainId])
    assert.deepEqual([second.id, second.result.number], ['b', '0x0'])
  })

  test('given another chain, then it names that one', async ({ assert }) => {
    sandbox.faults.set({ service: 'evm', kind: 'wrong_chain' })
    assert.equal(Number(await node.call('eth_chainId')), 42)
  })

  test('given a limit of blocks, then a wider range is refused with one that fits', async ({ assert }) => {
    sandbox.faults.set({ service: 'evm', kind: 'range_limit', limit: 3 })
    await assert.rejects(
      () => node.call('eth_getLogs', [{ fromBlock: '0x1', toBlock: '0x4' }]),
      'query exceeds max block range 3. Try with this block range [0x1, 0x3].'
    )
    await node.call('eth_getLogs', [{ fromBlock: '0x1', toBlock: '0x3' }])
  })

  test('given a limit of results, then more are refused', async ({ assert }) => {
    const filter = { ...ALL, address: world.usdt }
    sandbox.faults.set({ service: 'evm', kind: 'results_limit', limit: 7 })
    await assert.rejects(() => node.call('eth_getLogs', [filter]), 'query returned more than 7 results')
    sandbox.faults.set({ service: 'evm', kind: 'results_limit', limit: 8 })
    assert.lengthOf(await node.call<unknown[]>('eth_getLogs', [filter]), 8)
  })

  test('given missing logs, then every second one is left out', async ({ assert }) => {
    sandbox.faults.set({ service: 'evm', kind: 'partial_logs', count: 1 })
    const filter = { ...ALL, address: world.usdt }
    assert.lengthOf(await node.call<unknown[]>('eth_getLogs', [filter]), 4)
    assert.lengthOf(await node.call<unknown[]>('eth_getLogs', [filter]), 8)
  })

  test('given a node that lags, then newer blocks are not there, by whatever way one asks', async ({ assert }) => {
    const head = await world.head()
    const receipt = await world.mint(ANNA, 5n)
    sandbox.faults.set({ service: 'evm', kind: 'lagging', limit: 1 })

    assert.equal(Number(await node.call('eth_blockNumber')), head)
    assert.isNull(await node.call('eth_getTransactionReceipt', [receipt.transactionHash]))
    assert.isNull(await node.call('eth_getBlockByNumber', [receipt.blockNumber, false]))
    const latest = await node.call<{ number: string }>('eth_getBlockByNumber', ['latest', false])
    assert.equal(Number(latest.number), head)
    assert.lengthOf(await node.call<unknown[]>('eth_getLogs', [{ fromBlock: receipt.blockNumber }]), 0)
    const balance = world.contracts.usdt.encodeFunctionData('balanceOf', [ANNA])
    assert.equal(Number(await node.call('eth_call', [{ to: world.usdt, data: balance }, 'latest'])), 4)
  })

  test('given a lost transaction, then its hash is answered and the chain never sees it', async ({ assert }) => {
    const wallet = Wallet.createRandom()
    const raw = await wallet.signTransaction({
      to: ANNA,
      gasLimit: 21_000,
      gasPrice: 10n ** 10n,
      chainId: world.chainId,
    })
    await world.setBalance(wallet.address, 10n ** 18n)
    sandbox.faults.set({ service: 'evm', kind: 'transaction_lost', count: 1 })

    const hash = await node.call('eth_sendRawTransaction', [raw])
    assert.isNull(await node.call('eth_getTransactionByHash', [hash]))
    assert.equal(await node.call('eth_sendRawTransaction', [raw]), hash)
    assert.isNotNull(await node.call('eth_getTransactionByHash', [hash]))
  })

  test('given a replacement, then it is taken as geth does: for a tenth more in both fees', async ({ assert }) => {
    const wallet = Wallet.createRandom()
    await world.setBalance(wallet.address, 10n ** 18n)
    await world.automine(false)
    const offer = async (maxFeePerGas: bigint, maxPriorityFeePerGas: bigint) => {
      const fees = { type: 2, maxFeePerGas, maxPriorityFeePerGas, gasLimit: 21_000 }
      const raw = await wallet.signTransaction({ to: ANNA, nonce: 0, chainId: world.chainId, ...fees })
      return node.call<string>('eth_sendRawTransaction', [raw])
    }
    await offer(10n ** 10n, 10n ** 9n)
    await assert.rejects(() => offer(11n * 10n ** 9n - 1n, 11n * 10n ** 8n), 'replacement transaction underpriced')
    await assert.rejects(() => offer(11n * 10n ** 9n, 11n * 10n ** 8n - 1n), 'replacement transaction underpriced')
    const hash = await offer(11n * 10n ** 9n, 11n * 10n ** 8n)
    await world.mine()
    await world.automine(true)
    const receipt = await world.rpc.call<{ status: string }>('eth_getTransactionReceipt', [hash])
    assert.equal(receipt.status, '0x1')
    await assert.rejects(() => node.call('eth_sendRawTransaction', ['0x12']))
  })

  test('given a web page or a status, then there is no JSON-RPC in it', async ({ assert }) => {
    sandbox.faults.set({ service: 'evm', kind: 'garbage' })
    await assert.rejects(() => node.call('eth_blockNumber'), /JSON/)
    sandbox.faults.set({ service: 'evm', kind: 'too_many_requests', retryAfter: 2 })
    const response = await fetch(node.url, { method: 'POST', body: '{"method":"eth_blockNumber"}' })
    assert.deepEqual([response.status, response.headers.get('retry-after')], [429, '2'])
  })
})
