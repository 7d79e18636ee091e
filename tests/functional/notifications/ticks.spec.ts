import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { Tick } from '#core/contracts/ticks'
import { TickRegistry } from '#core/registries/tick_registry'
import { TickRunner } from '#notifications/worker/tick_runner'
import { Leases } from '#system/leases/leases'
import { resetDatabase } from '#tests/support/database'
import { eventually } from '#tests/support/telegram/sender_world'

const DAY_MS = 86_400_000

test.group('Ticks', (group) => {
  group.each.setup(() => resetDatabase())

  /** Runs ticks in this process; the answered function stops as a shutdown does. */
  async function start(...ticks: Tick[]) {
    const registry = new TickRegistry()
    for (const tick of ticks) registry.register(tick)
    const { container } = app
    const logger = await container.make('logger')
    const runner = new TickRunner(registry, await container.make(Leases), await container.make(Clock), logger)
    const stop = new AbortController()
    const running = runner.run(stop.signal)
    return () => {
      stop.abort()
      return running
    }
  }

  function counting(everyMs: number, work: (signal: AbortSignal) => Promise<void> = async () => {}) {
    const tick = {
      name: 'tests.count',
      everyMs,
      runs: 0,
      run: async (signal: AbortSignal) => {
        tick.runs++
        await work(signal)
      },
    }
    return tick
  }

  test('comes round', async ({ assert }) => {
    const tick = counting(100)
    const end = await start(tick)
    await eventually(() => tick.runs >= 2)
    await end()
    assert.isAtLeast(tick.runs, 2)
  })

  test('a slow one does not run again at every start', async ({ assert }) => {
    const tick = counting(DAY_MS)
    const probe = { ...counting(100), name: 'tests.probe' }
    const end = await start(tick)
    await eventually(async () => Boolean(await db.from('ticks').where('name', tick.name).first()))
    await end()

    let probed = false
    const endAgain = await start(tick, { ...probe, run: async () => void (probed = true) })
    await eventually(() => probed)
    await endAgain()

    assert.equal(tick.runs, 1)
  })

  test('a failure is told, holds up nobody and is repeated', async ({ assert }) => {
    const failing = counting(100, async () => {
      throw new Error('not now')
    })
    const other = { ...counting(100), name: 'tests.other' }
    let runs = 0
    const end = await start(failing, { ...other, run: async () => void runs++ })
    await eventually(() => failing.runs >= 2 && runs >= 2)
    await end()

    const row = await db.from('ticks').firstOrFail()
    assert.equal(row.last_error, 'not now')
  })

  test('what a shutdown interrupts is still due', async ({ assert }) => {
    const tick = counting(
      DAY_MS,
      (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
    )
    const end = await start(tick)
    await eventually(() => tick.runs === 1)
    await end()
    const endAgain = await start(tick)
    await eventually(() => tick.runs === 2)
    await endAgain()

    assert.equal(tick.runs, 2)
  })

  test('one process at a time', async ({ assert }) => {
    let [running, most] = [0, 0]
    const tick = counting(10, async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 50))
      running--
    })
    const ends = await Promise.all([start(tick), start(tick)])
    await eventually(() => tick.runs >= 3)
    await Promise.all(ends.map((end) => end()))

    assert.equal(most, 1)
  })
})
