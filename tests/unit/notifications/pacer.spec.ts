import { test } from '@japa/runner'
import { Pacer } from '#notifications/pace/pacer'
import type { Rates } from '#notifications/pace/rates'
import { SlotStore, type Reservation } from '#notifications/pace/slots'

/** A slot in hand is dropped when it lies so far back. */
const STALE_MS = 100

class CountingSlots extends SlotStore {
  reserved = 0
  takenByOthers = 0
  waitUs = 0
  isPaused = false

  async reserve({ count, maxWaitUs, spacingUs }: Reservation) {
    if (this.isPaused && maxWaitUs! < 5_000_000) return { reserved: false, waitUs: 5_000_000, firstUs: 0 }
    const firstUs = (this.reserved + this.takenByOthers) * spacingUs
    this.reserved += count
    return { reserved: true, waitUs: this.waitUs, firstUs }
  }

  async pause() {
    this.isPaused = true
  }
}

test.group('Pacer', () => {
  const setUp = (rate: number) => {
    const slots = new CountingSlots()
    return { slots, pacer: new Pacer('free', slots, { of: async () => rate } as unknown as Rates) }
  }
  const { signal } = new AbortController()

  test('never holds more than two slots that were not used', async ({ assert }) => {
    const { slots, pacer } = setUp(29)
    let takenAt = performance.now()
    for (let used = 0; used < 20; used++) {
      await pacer.next(100, signal)
      const stalledMs = performance.now() - takenAt
      /** What this process was too late for is dropped and reserved anew. */
      if (stalledMs > STALE_MS) return
      assert.isAtMost(slots.reserved - used, 2)
      takenAt = performance.now()
    }
  })

  test('at high pace it holds fifty milliseconds worth', async ({ assert }) => {
    const { slots, pacer } = setUp(1000)
    await pacer.next(1000, signal)
    assert.equal(slots.reserved, 50)
  })

  test('reserves no more than there are calls waiting', async ({ assert }) => {
    const { slots, pacer } = setUp(29)
    await pacer.next(1, signal)
    assert.equal(slots.reserved, 1)
  })

  test('slots that answers of the bot took count against its own second', async ({ assert }) => {
    const { slots, pacer } = setUp(29)
    const startedAt = performance.now()
    for (let i = 0; i < 10; i++) await pacer.next(1, signal)
    slots.takenByOthers = 20
    await pacer.next(1, signal)

    assert.isAbove(performance.now() - startedAt, 300)
  })

  test('tells of a silence and reserves nothing in it', async ({ assert }) => {
    const { slots, pacer } = setUp(29)
    await slots.pause()
    assert.deepEqual(await pacer.next(3, signal), { kind: 'silence', ms: 5000 })
    assert.equal(slots.reserved, 0)
  })

  test('slots in hand are void after a silence was asked for', async ({ assert }) => {
    const { slots, pacer } = setUp(29)
    slots.waitUs = 1_000_000
    const turn = pacer.next(2, signal)
    while (slots.reserved === 0) await new Promise(setImmediate)
    await new Promise(setImmediate)
    await slots.pause()
    pacer.drop()

    assert.deepInclude(await turn, { kind: 'silence' })
  })

  test('ends at once when it is told to', async ({ assert }) => {
    const { slots, pacer } = setUp(29)
    slots.waitUs = 1_000_000
    const stop = new AbortController()
    const turn = pacer.next(1, stop.signal)
    setTimeout(() => stop.abort(), 10)

    assert.deepEqual(await turn, { kind: 'aborted' })
  })
})
