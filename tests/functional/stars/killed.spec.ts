import { once } from 'node:events'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type StarOrder from '#stars/models/star_order'
import { endProcess, startScript } from '#tests/support/processes'
import { FragmentWorld } from '#tests/support/stars/fragment_world'

const SCRIPT = new URL('scripts/deliver_and_halt.ts', import.meta.url)

const POINTS = [
  'before:queued',
  'after:queued',
  'after:recipient_found',
  'after:requested',
  'before:linked',
  'after:linked',
  'before:send',
  'after:send',
  'after:paying',
  'before:paid',
  'before:conclude',
]

test.group('A delivery whose process is killed', (group) => {
  const world = new FragmentWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.stop()
  })

  const killAt = async (order: StarOrder, point: string) => {
    const { child } = startScript(SCRIPT, [order.id, point], { env: world.sandbox.services })
    const [message] = (await once(child, 'message')) as [{ halted?: boolean }]
    await endProcess(child, 'SIGKILL')
    return message.halted === true
  }
  /** What it held is free again, and what it put off is due. */
  const timePasses = async () => {
    await db.from('leases').update({ expires_at: 0 })
    world.pass(10_000)
  }

  test('{$self}: is paid for once and delivered once')
    .with(POINTS)
    .run(async ({ assert }, point) => {
      const { order } = await world.order()
      assert.isTrue(await killAt(order, point), 'it got there')
      await timePasses()

      await world.follow(order)

      assert.deepEqual([order.status, order.attention], ['fulfilled', null])
      assert.equal(world.bobsStars, 100)
      const transfers = await world.transfers()
      assert.lengthOf(
        transfers.filter(({ status }) => status === 'confirmed'),
        1
      )
      assert.lengthOf(
        world.purchases().filter(({ state }) => state === 'done'),
        1
      )
      assert.deepEqual(await world.stars(), { inventory: -100, owed: 0, delivered: 100 })
    })
    .timeout(120_000)
})
