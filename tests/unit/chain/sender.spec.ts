import { setImmediate } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { ChainSender } from '#chain/sender/chain_sender'
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

  test('sends USDT to an address outside', async ({ assert }) => {
    const to = '0x00000000000000000000000000000000000000aa'
    const withdrawal = await world.begin(await world.player(), 'withdraw', { amount: FEE, to })
    await world.untilMined(withdrawal)
    assert.equal(await world.evm.usdtOf(to), FEE)
    const txs = await world.txs()
    assert.deepEqual(
      txs.map(({ step, kind, amount }) => [step, kind, amount]),
      [
        ['topup', 'gas_topup', null],
        ['act', 'withdraw', FEE],
      ]
    )
  })

  test('the treasury asks for a draw itself, with gas of its own', async ({ assert }) => {
    const entry = await world.begin(await world.player())
    await world.untilMined(entry)
    const draw = await world.begin(world.treasury, 'draw')
    await world.untilMined(draw)
    assert.deepEqual(await world.story(draw), ['act mined'])
    const [state] = await world.evm.read('raffle', 'getRaffleState')
    assert.equal(state, 1n)
  })

  test('what is left of the gas pays for the next time', async ({ assert }) => {
    const player = await world.player(FEE * 2n)
    const first = await world.begin(player)
    await world.untilMined(first)
    await world.confirm(first)
    const [topup] = await world.txs()
    const left = await world.evm.balance(player.address)
    const second = await world.begin(player)
    await world.untilMined(second)
    const again = await world.txs().where({ operationId: second.id, kind: 'gas_topup' })
    for (const { value } of again) assert.isTrue(BigInt(value) <= BigInt(topup.value))
    assert.isTrue(left > 0n)
    assert.equal(await world.entriesOf(player), 2)
  })

  test('given a worker whose signal ends, then another one takes over at once', async ({ assert }) => {
    const [first, second] = [new AbortController(), new AbortController()]
    const run = async (signal: AbortSignal) => {
      const sender = await world.make(ChainSender)
      await sender.run(signal)
    }
    const isHeld = async () => {
      const lease = await db.from('leases').where('name', 'chain.sender').first()
      return Boolean(lease) && lease.expires_at > world.clock.now()
    }
    const running = run(first.signal)
    while (!(await isHeld())) await setImmediate()
    const standingBy = run(second.signal)
    first.abort()
    await running
    while (!(await isHeld())) await setImmediate()
    second.abort()
    await standingBy
    assert.isFalse(await isHeld())
  })
})
