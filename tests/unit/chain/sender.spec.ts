import { test } from '@japa/runner'
import { FEE, SenderWorld } from '#tests/support/chain/sender_world'

test.group('The sender', (group) => {
  let world: SenderWorld
  group.setup(async () => {
    world = await SenderWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => world.setup())
  group.each.timeout(60_000)

  test('gives gas, approves exactly the fee and enters', async ({ assert }) => {
    const player = await world.player()
    const entry = await world.begin(player)
    await world.untilMined(entry)

    assert.equal(await world.entriesOf(player), 1)
    assert.equal(await world.evm.usdtOf(player.address), 0n)
    await world.untilSettled()
    assert.deepEqual(await world.story(), ['topup confirmed', 'approve confirmed', 'act confirmed'])
    assert.equal(entry.status, 'awaiting_confirmations', 'the listener confirms it, nobody else')
    await world.confirm(entry)
    assert.deepEqual(world.handlers.enter.heard, ['topup', 'approve', 'act', 'awaiting_confirmations', 'confirmed'])
    const [, approve] = await world.txs()
    assert.equal(approve.amount, FEE)
    const [allowance] = await world.evm.read('usdt', 'allowance', [player.address, world.evm.raffle])
    assert.equal(allowance, 0n)
  })
})
