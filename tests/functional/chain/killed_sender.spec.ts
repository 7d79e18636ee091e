import { once } from 'node:events'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { SystemClock } from '#core/clock'
import { endProcess, startScript } from '#tests/support/processes'
import { SenderWorld } from '#tests/support/chain/sender_world'
import { MINUTE } from '#tests/support/test_clock'

const SCRIPT = new URL('scripts/send_and_halt.ts', import.meta.url)

const POINTS = [
  'key:topup',
  'kept:topup',
  'signed:topup',
  'sent:topup',
  'mined:topup',
  'kept:approve',
  'signed:approve',
  'sent:approve',
  'noted:approve',
  'key:act',
  'kept:act',
  'signed:act',
  'send:act',
  'sent:act',
  'mined:act',
  'noted:act',
]

test.group('A sender that is killed', (group) => {
  let world: SenderWorld
  group.setup(async () => {
    world = await SenderWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => world.setup())

  const killAt = async (point: string) => {
    const { child } = startScript(SCRIPT, [point], { env: world.environment })
    const [message] = (await once(child, 'message')) as [{ halted?: boolean }]
    await endProcess(child, 'SIGKILL')
    if (!message.halted) throw new Error(JSON.stringify(message))
    return true
  }

  test('{$self}: the customer is in once, and no nonce is left out')
    .with(POINTS)
    .run(async ({ assert }, point) => {
      const player = await world.player()
      const entry = await world.begin(player)
      assert.isTrue(await killAt(point), 'it got there')
      await db.from('leases').update({ expires_at: 0 })
      world.clock.moveTo(new SystemClock().now() + MINUTE)
      await world.restart()

      await world.untilMined(entry)
      await world.untilSettled()

      assert.equal(await world.entriesOf(player), 1)
      assert.equal(await world.evm.usdtOf(player.address), 0n)
      assert.deepEqual(await world.story(), ['topup confirmed', 'approve confirmed', 'act confirmed'])
      const txs = await world.txs()
      assert.deepEqual(
        txs.map(({ nonce }) => nonce),
        [0, 0, 1]
      )
    })
    .timeout(120_000)
})
