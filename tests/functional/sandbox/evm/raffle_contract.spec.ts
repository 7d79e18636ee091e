import { test } from '@japa/runner'
import { EvmWorld } from '#tests/support/chain/evm'

const ANNA = '0x000000000000000000000000000000000000a11a'
const BORIS = '0x000000000000000000000000000000000000b0b0'
const CLARA = '0x000000000000000000000000000000000000c1a4'
const USDT = 1_000_000n
const FEE = 5n * USDT
const DAY = 86_400

test.group('Raffle contract', (group) => {
  let world: EvmWorld
  group.setup(async () => {
    world = await EvmWorld.start({ entranceFee: FEE })
    return () => world.stop()
  })
  group.each.setup(async () => {
    const snapshot = await world.snapshot()
    return () => world.revert(snapshot)
  })

  const read = async (method: string, args: readonly unknown[] = []) => {
    const [value] = await world.read('raffle', method, args)
    return value as any
  }

  /** The custom error that a call would end with; null for one that would do. */
  const refusalOf = async (from: string, method: string, args: readonly unknown[] = []) => {
    const error = await world.refusalOf(from, 'raffle', method, args)
    return error === '0x' ? 'without a reason' : error && world.contracts.raffle.parseError(error)!.name
  }

  /** Has paid nothing yet, but could. */
  const prepare = async (player: string) => {
    await world.mint(player, FEE)
    await world.act(player, 'usdt', 'approve', [world.raffle, FEE])
  }

  const later = async (seconds: number) => {
    await world.rpc.call('evm_increaseTime', [seconds])
    await world.mine()
  }

  test('given entries, when randomness arrives, then the entry it points at wins the pool and a round begins', async ({
    assert,
  }) => {
    for (const player of [ANNA, BORIS, ANNA]) await world.enterAs(player)
    const players = await read('getPlayers')
    assert.deepEqual(
      players.map((player: string) => player.toLowerCase()),
      [ANNA, BORIS, ANNA]
    )
    const requestId = await world.requestDraw()
    assert.equal(await read('getRaffleState'), 1n)
    const receipt = await world.fulfil(requestId, 4n)

    assert.deepEqual(
      world.logs(receipt).map((log) => log.name),
      ['WinnerPicked', 'Transfer', 'RandomWordsFulfilled']
    )
    assert.equal(await world.usdtOf(BORIS), 3n * FEE)
    assert.equal(await world.usdtOf(world.raffle), 0n)
    assert.equal(await read('getRaffleState'), 0n)
    assert.equal(await read('getRound'), 2n)
    assert.equal(await read('getNumberOfPlayers'), 0n)
    assert.equal(String(await read('getRecentWinner')).toLowerCase(), BORIS)
  })

  test('given a round that is over, then what it takes to check its draw is still there', async ({ assert }) => {
    for (const player of [ANNA, BORIS, CLARA]) await world.enterAs(player)
    const requestId = await world.requestDraw()
    await world.fulfil(requestId)
    await world.enterAs(ANNA)

    const round = await read('getRoundInfo', [1])
    const players = await read('getPlayersOf', [1])
    assert.equal(round.requestId, requestId)
    assert.equal(round.pool, 3n * FEE)
    assert.equal(round.winner, players[Number(round.randomWord % 3n)])
  })

  test('given too little USDT or no allowance, then an entry is refused and nothing is counted', async ({ assert }) => {
    assert.equal(await refusalOf(ANNA, 'enterRaffle'), 'without a reason')
    await world.mint(ANNA, FEE)
    assert.equal(await refusalOf(ANNA, 'enterRaffle'), 'without a reason')
    await world.act(ANNA, 'usdt', 'approve', [world.raffle, FEE - 1n])
    assert.equal(await refusalOf(ANNA, 'enterRaffle'), 'without a reason')
    assert.equal(await read('getNumberOfPlayers'), 0n)
  })

  test('given a draw under way or a pause, then entries are refused', async ({ assert }) => {
    await world.enterAs(ANNA)
    const requestId = await world.requestDraw()
    await prepare(BORIS)
    assert.equal(await refusalOf(BORIS, 'enterRaffle'), 'RaffleNotOpen')
    await world.fulfil(requestId)
    await world.act(world.owner, 'raffle', 'setPaused', [true])
    assert.equal(await refusalOf(BORIS, 'enterRaffle'), 'RafflePaused')
  })

  test('given a USDT that takes a fee, then an entry is refused: the pool must be what the entries paid', async ({
    assert,
  }) => {
    await world.act(world.owner, 'usdt', 'setParams', [10, 1])
    await prepare(ANNA)
    assert.equal(await refusalOf(ANNA, 'enterRaffle'), 'EntranceFeeNotReceived')
  })

  test('given USDT that somebody sent without entering, then it is no part of the pool', async ({ assert }) => {
    await world.mint(world.raffle, 77n)
    await world.enterAs(ANNA)
    await world.fulfil(await world.requestDraw())
    assert.equal(await world.usdtOf(ANNA), FEE)
    assert.equal(await world.usdtOf(world.raffle), 77n)
  })

  test('upkeep: needs an entry, the interval, and no draw under way; anybody may do it then', async ({ assert }) => {
    const isNeeded = async () => {
      const [needed] = await world.read('raffle', 'checkUpkeep', ['0x'])
      return needed
    }
    assert.isFalse(await isNeeded())
    assert.equal(await refusalOf(ANNA, 'performUpkeep', ['0x']), 'UpkeepNotNeeded')

    await world.act(world.owner, 'raffle', 'setInterval', [3600])
    await world.enterAs(ANNA)
    assert.isFalse(await isNeeded())
    await later(3600)
    assert.isTrue(await isNeeded())
    await world.act(BORIS, 'raffle', 'performUpkeep', ['0x'])
    assert.isFalse(await isNeeded())
    assert.equal(await refusalOf(ANNA, 'performUpkeep', ['0x']), 'UpkeepNotNeeded')
  })

  test('given a prize that can not be paid, then the draw ends and the prize can be claimed later', async ({
    assert,
  }) => {
    await world.enterAs(ANNA)
    const requestId = await world.requestDraw()
    await world.act(world.owner, 'usdt', 'pause')
    const receipt = await world.fulfil(requestId)

    const logs = world.logs(receipt)
    assert.deepEqual(
      logs.map((log) => log.name),
      ['WinnerPicked', 'PrizeUnpaid', 'RandomWordsFulfilled']
    )
    assert.isTrue(logs[2]!.args.success)
    assert.equal(await read('claimable', [ANNA]), FEE)
    assert.equal(await read('getRound'), 2n)
    assert.equal(await refusalOf(BORIS, 'claimPrize', [ANNA]), 'without a reason')

    await world.act(world.owner, 'usdt', 'unpause')
    await world.enterAs(BORIS)
    await world.act(BORIS, 'raffle', 'claimPrize', [ANNA])
    assert.equal(await world.usdtOf(ANNA), FEE)
    assert.equal(await world.usdtOf(world.raffle), FEE)
    assert.equal(await refusalOf(BORIS, 'claimPrize', [ANNA]), 'NothingToClaim')
  })

  test('given 600 entries, then the callback stays far below its limit of gas', async ({ assert }) => {
    await world.mint(ANNA, 600n * FEE)
    await world.act(ANNA, 'usdt', 'approve', [world.raffle, 600n * FEE])
    await world.automine(false)
    const data = world.contracts.raffle.encodeFunctionData('enterRaffle')
    for (let sent = 0; sent < 600; sent += 100) {
      for (let nonce = 0; nonce < 100; nonce++)
        await world.submit({ from: ANNA, to: world.raffle, data, gas: 200_000n })
      await world.mine()
    }
    await world.automine(true)
    assert.equal(await read('getNumberOfPlayers'), 600n)

    const receipt = await world.fulfil(await world.requestDraw(), 599n)
    const fulfilled = world.logs(receipt).find((log) => log.name === 'RandomWordsFulfilled')
    assert.isTrue(fulfilled?.args.success)
    assert.isBelow(Number(receipt.gasUsed), 250_000)
    assert.equal(await world.usdtOf(ANNA), 600n * FEE)
  })

  test('given a request that nobody answers, then its owner asks again after a day, and only the last answer counts', async ({
    assert,
  }) => {
    await world.enterAs(ANNA)
    const first = await world.requestDraw()
    assert.equal(await refusalOf(world.owner, 'retryDraw'), 'NothingToRetry')
    await later(DAY)
    assert.equal(await refusalOf(ANNA, 'retryDraw'), 'NotOwner')
    const receipt = await world.act(world.owner, 'raffle', 'retryDraw')
    const request = world.logs(receipt).find((log) => log.name === 'RequestedRaffleWinner')

    await world.fulfil(first)
    assert.equal(await read('getRaffleState'), 1n)
    assert.equal(await world.usdtOf(ANNA), 0n)
    await world.fulfil(request!.args.requestId as bigint)
    assert.equal(await world.usdtOf(ANNA), FEE)
  })

  test('given anybody but the coordinator, then randomness is refused', async ({ assert }) => {
    await world.enterAs(ANNA)
    const requestId = await world.requestDraw()
    assert.equal(await refusalOf(ANNA, 'rawFulfillRandomWords', [requestId, [0]]), 'NotCoordinator')
  })

  test('given anybody but the owner, then fee, interval and pause stay; the fee stays within a round', async ({
    assert,
  }) => {
    for (const [method, value] of [
      ['setEntranceFee', 1],
      ['setInterval', 1],
      ['setPaused', true],
    ] as const) {
      assert.equal(await refusalOf(ANNA, method, [value]), 'NotOwner')
    }
    await world.act(world.owner, 'raffle', 'setEntranceFee', [7])
    assert.equal(await read('getEntranceFee'), 7n)
    await world.enterAs(ANNA)
    assert.equal(await refusalOf(world.owner, 'setEntranceFee', [8]), 'RoundHasEntries')
  })
})

test.group("USDT with mainnet's manners", (group) => {
  let world: EvmWorld
  group.setup(async () => {
    world = await EvmWorld.start()
    return () => world.stop()
  })
  group.each.setup(async () => {
    const snapshot = await world.snapshot()
    return () => world.revert(snapshot)
  })

  /** Whether a call would do. */
  const succeeds = async (from: string, method: string, args: readonly unknown[]) =>
    (await world.refusalOf(from, 'usdt', method, args)) === null

  test('has six decimals, and neither transfers nor approvals answer anything', async ({ assert }) => {
    assert.deepEqual(await world.read('usdt', 'decimals'), [6n])
    await world.mint(ANNA, 5n)
    const data = world.contracts.usdt.encodeFunctionData('transfer', [BORIS, 5n])
    assert.equal(await world.rpc.call('eth_call', [{ from: ANNA, to: world.usdt, data }, 'latest']), '0x')
  })

  test('changes an allowance by way of zero only', async ({ assert }) => {
    await world.act(ANNA, 'usdt', 'approve', [BORIS, 5])
    assert.isFalse(await succeeds(ANNA, 'approve', [BORIS, 6]))
    await world.act(ANNA, 'usdt', 'approve', [BORIS, 0])
    assert.isTrue(await succeeds(ANNA, 'approve', [BORIS, 6]))
  })

  test('given a pause, then nothing moves, but approvals are taken', async ({ assert }) => {
    await world.mint(ANNA, 5n)
    await world.act(world.owner, 'usdt', 'pause')
    assert.isFalse(await succeeds(ANNA, 'transfer', [BORIS, 5n]))
    assert.isTrue(await succeeds(ANNA, 'approve', [BORIS, 5]))
    await world.act(world.owner, 'usdt', 'unpause')
    assert.isTrue(await succeeds(ANNA, 'transfer', [BORIS, 5n]))
  })

  test('given somebody on the blacklist, then they give nothing, but are given', async ({ assert }) => {
    await world.mint(ANNA, 5n)
    await world.mint(BORIS, 5n)
    await world.act(world.owner, 'usdt', 'addBlackList', [ANNA])
    assert.isFalse(await succeeds(ANNA, 'transfer', [BORIS, 5n]))
    assert.isTrue(await succeeds(BORIS, 'transfer', [ANNA, 5n]))
  })

  test('given a fee, then less arrives and the rest is the owner’s, up to its maximum', async ({ assert }) => {
    await world.act(world.owner, 'usdt', 'setParams', [10, 1])
    await world.mint(ANNA, 3000n * USDT)
    await world.transfer(ANNA, BORIS, 100n * USDT)
    assert.equal(await world.usdtOf(BORIS), 99_900_000n)
    assert.equal(await world.usdtOf(world.owner), 100_000n)
    await world.transfer(ANNA, CLARA, 2000n * USDT)
    assert.equal(await world.usdtOf(CLARA), 1999n * USDT)
  })

  test('given anybody but the owner, then they mint nothing', async ({ assert }) => {
    assert.isFalse(await succeeds(ANNA, 'mint', [ANNA, 1]))
  })
})
