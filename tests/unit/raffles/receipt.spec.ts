import { test } from '@japa/runner'
import RaffleReceipt from '#raffles/models/raffle_receipt'
import { DrawReceiptQuery } from '#raffles/queries/draw_receipt_query'
import { ReadReceipts } from '#raffles/ticks/read_receipts'
import { FEE, RaffleWorld } from '#tests/support/chain/raffle_world'

const [ANNA, BORYS, CLARA] = ['A1', 'B2', 'C3'].map((end) => `0x00000000000000000000000000000000000000${end}`)

test.group('Receipt of a draw', (group) => {
  let world: RaffleWorld
  group.setup(async () => {
    world = await RaffleWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => world.setup())
  group.each.timeout(60_000)

  const receiptOf = async (round: number) => {
    const { reference } = await world.round(round)
    return new DrawReceiptQuery().run(reference)
  }

  test('given rounds that follow each other, then each draw is replayed with its own players, in order', async ({
    assert,
  }) => {
    await world.playOut([ANNA, BORYS, ANNA])
    const request = await world.playOut([CLARA, BORYS])
    await world.settle()
    const before = await receiptOf(2)
    assert.containSubset(before, { facts: null, checks: [], isProven: false })

    await world.tick(ReadReceipts)
    await world.tick(ReadReceipts)
    assert.lengthOf(await RaffleReceipt.all(), 2)
    const [first, second] = [await receiptOf(1), await receiptOf(2)]
    const addresses = (receipt: typeof first) => receipt!.facts!.players.map(({ address }) => address.toLowerCase())
    assert.deepEqual(
      addresses(first),
      [ANNA, BORYS, ANNA].map((address) => address.toLowerCase())
    )
    assert.deepEqual(
      addresses(second),
      [CLARA, BORYS].map((address) => address.toLowerCase())
    )
    assert.deepEqual(
      second!.checks.filter(({ holds }) => !holds),
      []
    )
    assert.isTrue(first!.isProven && second!.isProven)
    assert.equal(second!.facts!.requestId, String(request))
    assert.equal(second!.facts!.prize, String(FEE * 2n))
    const [info] = (await world.evm.read('raffle', 'getRoundInfo', [2])) as [{ randomWord: bigint; winner: string }]
    assert.equal(second!.word, info.randomWord)
    assert.equal(second!.index, Number(info.randomWord % 2n))
    assert.equal(second!.winner, info.winner)
  })

  test('given a word that does not follow from the coordinator’s seed, then the receipt says so', async ({
    assert,
  }) => {
    await world.evm.enterAs(ANNA)
    await world.evm.enterAs(BORYS)
    await world.evm.fulfil(await world.evm.requestDraw(), 7n)
    await world.settle()
    await world.tick(ReadReceipts)
    const receipt = await receiptOf(1)
    assert.isFalse(receipt!.isProven)
    assert.containSubset(receipt!.checks, [{ name: 'word', holds: false, chain: '7' }])
  })

  test('given records of ours that were changed, then the chain gives them the lie', async ({ assert }) => {
    await world.playOut([ANNA, BORYS])
    await world.settle()
    await world.tick(ReadReceipts)
    const round = await world.round(1)
    await round.merge({ winnerKey: CLARA.toLowerCase(), prize: FEE, participants: 3 }).save()
    const receipt = await receiptOf(1)
    assert.deepEqual(
      receipt!.checks.filter(({ holds }) => !holds).map(({ name }) => name),
      ['players', 'winner', 'prize']
    )
  })

  test('given a round that is not over, or none, then there is no receipt', async ({ assert }) => {
    const query = new DrawReceiptQuery()
    const { reference } = await world.current()
    assert.isNull(await query.run(reference))
    assert.isNull(await query.run('0000000000'))
  })
})
