import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import type { ChainConfig } from '#chain/chain_config'
import { RaffleContract } from '#chain/contracts/raffle'
import { ChainStartCheck } from '#chain/contracts/start_check'
import { addressTopic, TRANSFER_TOPIC, Usdt } from '#chain/contracts/usdt'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { CallReverted } from '#chain/rpc/rpc_errors'
import { bindChain } from '#tests/support/chain/bind_chain'
import { EvmWorld } from '#tests/support/chain/evm'

const PLAYER = '0x00000000000000000000000000000000000000A1'

let world: EvmWorld

async function check(changes: Partial<ChainConfig>) {
  bindChain(world.chainConfig(changes))
  const startCheck = await app.container.make(ChainStartCheck)
  return startCheck.run()
}

async function abiWithout(name: string) {
  const { default: artifact } = await import('../../../resources/contracts/artifacts/Raffle.json', {
    with: { type: 'json' },
  })
  const file = join(process.env.DATA_DIR!, `without_${name}.json`)
  await writeFile(file, JSON.stringify(artifact.abi.filter((item: any) => item.name !== name)))
  return file
}

test.group('Contracts of the chain', (group) => {
  group.setup(async () => {
    world = await EvmWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => bindChain(world.chainConfig()))

  test('the raffle is read and its events are decoded', async ({ assert }) => {
    const raffle = await app.container.make(RaffleContract)
    const [fee] = await raffle.read('getEntranceFee')
    assert.equal(fee, 5_000_000n)
    assert.isTrue(await raffle.has('getPlayers'))
    assert.isFalse(await raffle.has('withdrawEverything'))

    const { logs } = await world.enterAs(PLAYER)
    const decoded = await Promise.all(logs.map((log) => raffle.decode(log)))
    assert.deepEqual(
      decoded.map((event) => event && [event.name, event.args.player]),
      [null, ['RaffleEnter', PLAYER]]
    )
  })

  test('a call that would fail is told by the name of the contract’s own error', async ({ assert }) => {
    const raffle = await app.container.make(RaffleContract)
    const error = await raffle.read('claimPrize', [PLAYER]).catch((reason) => reason)
    assert.instanceOf(error, CallReverted)
    assert.equal(error.reason, 'NothingToClaim')
  })

  test('USDT is counted, and its transfers are found by whom they concern', async ({ assert }) => {
    const usdt = await app.container.make(Usdt)
    const rpc = await app.container.make(ChainRpc)
    const receiver = '0x00000000000000000000000000000000000000B2'
    await world.mint(receiver, 7_000_001n)
    const at = await rpc.head()
    assert.equal(await usdt.balance(receiver), 7_000_001n)
    assert.equal(await usdt.balance(receiver, at - 1), 0n)
    assert.equal(await usdt.allowance(receiver, world.raffle), 0n)

    const [log, ...rest] = await rpc.logs({
      address: usdt.address,
      topics: [TRANSFER_TOPIC, null, [addressTopic(receiver)]],
      fromBlock: 0,
      toBlock: at,
    })
    assert.deepEqual(usdt.decode(log), {
      from: `0x${'0'.repeat(40)}`,
      to: receiver.toLowerCase(),
      amount: 7_000_001n,
    })
    assert.lengthOf(rest, 0)
    assert.equal(world.contracts.usdt.encodeFunctionData('transfer', [receiver, 5n]), usdt.transferData(receiver, 5n))
    assert.equal(world.contracts.usdt.encodeFunctionData('approve', [receiver, 5n]), usdt.approveData(receiver, 5n))
  })

  test('given what is configured rightly, then it may start', async () => {
    await check({})
    await check({ usdt: world.usdt.toLowerCase() })
  })

  test('given nodes that don’t answer, then it may start', async () => {
    await check({ rpcUrls: ['http://127.0.0.1:9/'] })
  })

  test('given another chain, then it must not start', async ({ assert }) => {
    await assert.rejects(() => check({ chainId: 1 }), /serves the chain 31337, but CHAIN_ID is 1/)
  })

  test('given an ABI without an event or a function, then it must not start', async ({ assert }) => {
    await assert.rejects(
      async () => check({ raffleAbi: await abiWithout('WinnerPicked') }),
      /lacks event WinnerPicked\(address,uint256\)/
    )
    await assert.rejects(async () => check({ raffleAbi: await abiWithout('performUpkeep') }), /lacks performUpkeep/)
    await assert.rejects(
      () => check({ raffleAbi: '/nowhere.json' }),
      /CHAIN_RAFFLE_ABI: \/nowhere.json is no JSON file/
    )
  })

  test('given an address that is no contract, or is mistyped, then it must not start', async ({ assert }) => {
    await assert.rejects(() => check({ raffle: PLAYER }), /CHAIN_RAFFLE_ADDRESS is no contract on the chain 31337/)
    const mistyped = world.usdt.replace('b', 'B')
    await assert.rejects(() => check({ usdt: mistyped }), /CHAIN_USDT_ADDRESS is mistyped/)
  })
})
