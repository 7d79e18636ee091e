import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { deserialize, serialize } from 'node:v8'
import { test } from '@japa/runner'
import { installedAnvil } from '#sandbox/evm/anvil'
import { EvmChain } from '#sandbox/evm/chain'
import { RAFFLE_ADDRESS } from '#sandbox/evm/deployment'
import type { LocalChain } from '#sandbox/evm/local_chain'
import { Rpc } from '#sandbox/evm/rpc'
import { receiptOf } from '#sandbox/evm/transactions'
import type { SandboxOptions } from '#sandbox/options'
import { SandboxServer } from '#sandbox/server'
import { endProcess, startAce, startScript } from '#tests/support/processes'
import { announcedUrl } from '#tests/support/sandbox/announced_url'
import { Control } from '#tests/support/sandbox/control'

const ANNA = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const USDT = 1_000_000n

test.group("Sandbox's own chain", (group) => {
  let dataDir: string
  const open: SandboxServer[] = []
  group.each.setup(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'kontora-evm-'))
    return async () => {
      for (const sandbox of open.splice(0)) await sandbox.stop()
      await rm(dataDir, { recursive: true })
    }
  })

  /** By hand unless told otherwise: a block comes when the test says so. */
  const start = async (options: Partial<SandboxOptions> = {}) => {
    const sandbox = await SandboxServer.start({ evm: true, evmBlockMs: 0, evmVrfMs: 0, ...options })
    open.push(sandbox)
    return sandbox.evm.local
  }

  /** Anna is one of anvil's accounts, so that the node signs for her. */
  const enter = async (chain: LocalChain) => {
    await chain.give(ANNA, { usdt: 5n * USDT, gas: 0n })
    await chain.miner.mine(1)
    const { calls } = chain
    await calls.send({ from: ANNA, contract: 'usdt', method: 'approve', args: [RAFFLE_ADDRESS, 5n * USDT] })
    await chain.miner.mine(1)
    const hash = await calls.send({ from: ANNA, contract: 'raffle', method: 'enterRaffle' })
    await chain.miner.mine(1)
    return hash
  }

  const usdtOf = (chain: LocalChain, address: string) => chain.calls.read<bigint>('usdt', 'balanceOf', [address])

  const draw = async (chain: LocalChain) => {
    await chain.own('raffle', 'setInterval', [0])
    await chain.miner.mine(1)
    await chain.calls.send({ from: ANNA, contract: 'raffle', method: 'performUpkeep', args: ['0x'] })
    await chain.miner.mine(1)
  }

  test('tells the product where it is; without one that module stays off', async ({ assert }) => {
    await start()
    assert.containSubset(open[0]!.services, {
      CHAIN_ID: '31337',
      CHAIN_RPC_URLS: `${open[0]!.url}/evm,${open[0]!.url}/evm-backup`,
    })
    const without = await SandboxServer.start()
    open.push(without)
    assert.notProperty(without.services, 'CHAIN_ID')
  })

  test('given a faucet, when a block comes, then the address has USDT and gas', async ({ assert }) => {
    const chain = await start()
    const address = '0x000000000000000000000000000000000000dEaD'
    await chain.give(address, { usdt: 7n * USDT, gas: 3n })
    assert.equal(await usdtOf(chain, address), 0n)
    await chain.miner.mine(1)
    assert.equal(await usdtOf(chain, address), 7n * USDT)
    assert.equal(BigInt(await chain.anvil.rpc.call<string>('eth_getBalance', [address, 'latest'])), 3n)
  })

  test('given wrong capitals, then the faucet refuses the address', async ({ assert }) => {
    const chain = await start()
    await assert.rejects(
      () => chain.give(ANNA.replace('F79', 'f79'), { usdt: 1n, gas: 0n }),
      /is no address of Ethereum/
    )
  })

  test('given what would revert, then it is refused with the reason, and nothing is sent', async ({ assert }) => {
    const chain = await start()
    const nothing = { from: ANNA, contract: 'raffle', method: 'performUpkeep', args: ['0x'] } as const
    await assert.rejects(() => chain.act(nothing), 'UpkeepNotNeeded(0, 0, 0)')
    await assert.rejects(() => chain.own('usdt', 'unpause'), /revert/)
    const { pending } = await chain.anvil.rpc.call<{ pending: string }>('txpool_status')
    assert.equal(Number(pending), 0)
  })

  test('given a pace, then blocks come by themselves while something waits for them', async ({ assert }) => {
    const chain = await start({ evmBlockMs: 5 })
    const [hash] = await chain.give(ANNA, { usdt: USDT, gas: 0n })
    const receipt = await receiptOf(chain.anvil.rpc, hash!)
    assert.equal(receipt.status, '0x1')
  })

  test('given a draw, when the oracle answers, then the winner has the pool', async ({ assert }) => {
    const chain = await start()
    await enter(chain)
    await draw(chain)
    assert.equal(await usdtOf(chain, ANNA), 0n)
    await chain.miner.mine(1)
    assert.equal(await usdtOf(chain, ANNA), 5n * USDT)
    assert.lengthOf(chain.keeper.pending, 0)
  })

  test('given an oracle that is paused, then the draw waits until it goes on', async ({ assert }) => {
    const chain = await start()
    await chain.change({ vrfPaused: true })
    await enter(chain)
    await draw(chain)
    await chain.miner.mine(3)
    assert.lengthOf(chain.keeper.pending, 1)
    assert.equal(await usdtOf(chain, ANNA), 0n)

    await chain.change({ vrfPaused: false })
    await chain.miner.mine(1)
    assert.equal(await usdtOf(chain, ANNA), 5n * USDT)
  })

  test('given an oracle that takes its time, then it answers when that has passed', async ({ assert }) => {
    const chain = await start({ evmVrfMs: 60_000 })
    await enter(chain)
    await draw(chain)
    await chain.miner.mine(2)
    assert.lengthOf(chain.keeper.pending, 1)
    open[0]!.advance(60_000)
    await chain.miner.mine(1)
    await chain.miner.mine(1)
    assert.equal(await usdtOf(chain, ANNA), 5n * USDT)
  })

  test('given a subscription without LINK, then the request waits and says why', async ({ assert }) => {
    const chain = await start()
    await chain.setLink(0n)
    await enter(chain)
    await draw(chain)
    await chain.miner.mine(2)
    assert.equal(chain.keeper.pending[0]?.problem, 'InsufficientBalance()')
    await chain.setLink(10n ** 18n)
    await chain.miner.mine(1)
    await chain.miner.mine(1)
    assert.equal(await usdtOf(chain, ANNA), 5n * USDT)
  })

  test('given a reorganisation, then an entry is gone, or comes again in another block', async ({ assert }) => {
    const chain = await start()
    const hash = await enter(chain)
    const { blockHash } = await receiptOf(chain.anvil.rpc, hash)
    const players = () => chain.calls.read<bigint>('raffle', 'getNumberOfPlayers')

    await chain.reorg(1, { again: true })
    assert.equal(await players(), 0n)
    await chain.miner.mine(1)
    const again = await receiptOf(chain.anvil.rpc, hash)
    assert.notEqual(again.blockHash, blockHash)
    assert.equal(await players(), 1n)

    await chain.reorg(1, { again: false })
    await chain.miner.mine(1)
    assert.equal(await players(), 0n)
  })

  test('given a restart, then blocks, balances, the draw under way and what was set are there', async ({ assert }) => {
    const before = await start({ dataDir })
    await before.change({ vrfPaused: true })
    await enter(before)
    await draw(before)
    const [last] = await before.lastBlocks(1)
    await open.pop()!.stop()

    const chain = await start({ dataDir })
    const blocks = await chain.lastBlocks(20)
    assert.include(
      blocks.map((block) => block.hash),
      last!.hash
    )
    const few = `0x${(Number(last!.number) - 3).toString(16)}`
    await chain.anvil.rpc.call('eth_getBalance', [ANNA, few])
    assert.isTrue(chain.keeper.paused)
    assert.lengthOf(chain.keeper.pending, 1)
    await chain.change({ vrfPaused: false })
    await chain.miner.mine(1)
    assert.equal(await usdtOf(chain, ANNA), 5n * USDT)
  })

  test('given a sandbox that was killed, then the next one takes over its chain, to the last block', async ({
    assert,
  }) => {
    const flags = ['--port=0', `--data-dir=${dataDir}`, '--no-samples']
    const env = { NODE_ENV: 'development', TELEGRAM_API_ROOT: '', TELEGRAM_BOT_TOKEN: '' }
    const child = startAce(['sandbox:serve', ...flags], { env })
    const control = new Control(await announcedUrl(child.stdout!))
    await control.post('/evm/faucet', { address: ANNA, usdt: '7' })
    await control.post('/evm/mine')
    await endProcess(child, 'SIGKILL')

    const chain = await start({ dataDir })
    assert.equal(await usdtOf(chain, ANNA), 7n * USDT)
  }).timeout(60_000)

  test('given a node that ends, then the sandbox says so and goes on without a chain', async ({ assert }) => {
    const { anvil } = await start()
    const [sandbox] = open
    await anvil.kill()
    assert.match(sandbox!.evm.problem!, /^anvil ended .* Start the sandbox again/)
    const node = await fetch(`${sandbox!.url}/evm`, { method: 'POST', body: '{"method":"eth_chainId"}' })
    assert.equal(node.status, 503)
    assert.notProperty(sandbox!.services, 'CHAIN_ID')
  })

  test('given a machine without anvil, then there is no chain, and what would help is said', async ({ assert }) => {
    const sandbox = await SandboxServer.start()
    open.push(sandbox)
    const chain = new EvmChain(sandbox.world, { evm: true, evmBlockMs: 0, evmVrfMs: 0 }, () => null)
    await chain.start()
    assert.isNull(chain.url)
    assert.match(chain.problem!, /npm install --no-save @foundry-rs\/anvil/)
    assert.throws(() => chain.local, /There is no anvil/)
  })

  test('given what a sandbox without a chain has saved, then one with a chain goes on from it', async ({ assert }) => {
    const older = await SandboxServer.start({ dataDir })
    const { id } = older.customer({ first_name: 'Anna' })
    await older.stop()
    const file = join(dataDir, 'sandbox.bin')
    const snapshot = deserialize(await readFile(file))
    delete snapshot.services.evm
    await writeFile(file, serialize(snapshot))

    const chain = await start({ dataDir })
    assert.equal(open[0]!.world.customers.find(id)?.first_name, 'Anna')
    assert.isAbove(await chain.head(), 0)
  })
})

test.group('anvil', () => {
  test('given a process that is killed, then its node ends too', async ({ assert }) => {
    const { child } = startScript(new URL('scripts/keep_anvil.ts', import.meta.url))
    const [{ url }] = (await once(child, 'message')) as [{ url: string }]
    const rpc = new Rpc(url)
    assert.equal(await rpc.call('eth_chainId'), '0x7a69')
    await endProcess(child, 'SIGKILL')
    for (;;) {
      const answers = await rpc.call('eth_chainId').then(
        () => true,
        () => false
      )
      if (!answers) break
      await setTimeout(20)
    }
  })
    .timeout(60_000)
    .skip(process.platform === 'win32', 'there is no sh')

  test('given no package of it, then the one on the path is taken, but never a wrapper of npm', async ({ assert }) => {
    const folder = await mkdtemp(join(tmpdir(), 'kontora-anvil-'))
    const wrapper = join(folder, 'node_modules', '.bin')
    await mkdir(wrapper, { recursive: true })
    const [program, wrapped] = [join(folder, 'anvil'), join(wrapper, 'anvil')]
    await writeFile(wrapped, '')
    assert.isNull(installedAnvil(wrapper))
    await writeFile(program, '')
    assert.equal(installedAnvil([wrapper, folder].join(delimiter)), program)
    await rm(folder, { recursive: true })
  }).skip(process.platform === 'win32', 'it is anvil.exe there')
})
