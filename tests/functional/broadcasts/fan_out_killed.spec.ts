import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { StartBroadcast } from '#broadcasts/actions/start_broadcast'
import { BATCH_SIZE } from '#broadcasts/fan_out/batch'
import { insertCustomers } from '#tests/support/broadcasts/many_customers'
import { BroadcastWorld } from '#tests/support/broadcasts/world'
import { endProcess, startScript } from '#tests/support/processes'

const SCRIPT = new URL('scripts/fan_out.ts', import.meta.url)

test.group('Fan-out that is killed', (group) => {
  const world = new BroadcastWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('goes on where it was: nobody is missed and nobody is written twice', async ({ assert }) => {
    const total = BATCH_SIZE * 5 + 17
    await insertCustomers(total)
    const broadcast = await world.draft({ sendOnceKey: 'killed' })
    await world.schedule(broadcast)
    const start = await world.make(StartBroadcast)
    await start.handle(broadcast.id)

    for (const delay of [0, 15, 40]) {
      const { child } = startScript(SCRIPT, [broadcast.id])
      await once(child, 'message')
      await sleep(delay)
      await endProcess(child, 'SIGKILL')
    }
    await broadcast.refresh()
    const [{ before }] = await db.from('notifications').count('* as before')
    assert.isAtLeast(Number(before), BATCH_SIZE * 3, 'each process had done a step')
    await world.fanOut()

    await broadcast.refresh()
    assert.isNotNull(broadcast.fannedOutAt)
    const [{ rows, different }] = await db
      .from('notifications')
      .where('broadcast_id', broadcast.id)
      .count('* as rows')
      .countDistinct('customer_id as different')
    assert.deepEqual([Number(rows), Number(different)], [total, total])
    assert.containSubset(await world.counters(broadcast), { written: total })
  }).timeout(120_000)
})
