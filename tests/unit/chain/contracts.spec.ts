import { getCreateAddress, id } from 'ethers'
import { test } from '@japa/runner'
import { compileContracts } from '#sandbox/evm/contracts/compile'
import { CONTRACTS, readArtifact } from '#sandbox/evm/contracts/artifact'
import { DEPLOYER } from '#sandbox/evm/deployment'
import { EvmWorld } from '#tests/support/chain/evm'

const ANNA = '0x000000000000000000000000000000000000a11a'
const BORIS = '0x000000000000000000000000000000000000b0b0'
const USDT = 1_000_000n

test.group('Artifacts of the contracts', () => {
  test('are what their sources compile to', async ({ assert }) => {
    const compiled = await compileContracts()
    for (const name of CONTRACTS) assert.deepEqual(readArtifact(name), compiled[name])
  }).timeout(120_000)
})

test.group('Contracts', (group) => {
  let world: EvmWorld
  let snapshot: string
  group.setup(async () => {
    world = await EvmWorld.start()
  })
  group.teardown(() => world.stop())
  group.each.setup(async () => {
    snapshot = await world.snapshot()
    return () => world.revert(snapshot)
  })

  test('stand where the product is told that they do', ({ assert }) => {
    assert.equal(world.usdt, getCreateAddress({ from: DEPLOYER, nonce: 0 }))
    assert.equal(world.vrf, getCreateAddress({ from: DEPLOYER, nonce: 1 }))
    assert.equal(world.raffle, getCreateAddress({ from: DEPLOYER, nonce: 3 }))
  })

  test('given two entries, when randomness arrives, then the entry it points at wins the pool', async ({ assert }) => {
    await world.enterAs(ANNA)
    await world.enterAs(BORIS)
    const requestId = await world.requestDraw()
    const receipt = await world.fulfil(requestId, 5n)

    assert.equal(await world.usdtOf(BORIS), 10n * USDT)
    assert.equal(await world.usdtOf(world.raffle), 0n)
    const names = world.logs(receipt).map((log) => log.name)
    assert.deepEqual(names, ['WinnerPicked', 'Transfer', 'RandomWordsFulfilled'])
    assert.equal(id('WinnerPicked(address,uint256)'), receipt.logs[0]!.topics[0])
  })

  test('given a reorganisation, then what the last blocks held is gone', async ({ assert }) => {
    const entered = await world.enterAs(ANNA)
    await world.reorg(1)
    assert.isNull(await world.rpc.call('eth_getTransactionReceipt', [entered.transactionHash]))
    assert.deepEqual(await world.read('raffle', 'getNumberOfPlayers'), [0n])
  })
})
