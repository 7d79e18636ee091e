import { test } from '@japa/runner'
import { Bell } from '#notifications/sender/bell'
import { LaneQueue, type AttemptedRow } from '#notifications/sender/lane_queue'
import type { Shift } from '#notifications/sender/shift'
import { writeLoop } from '#notifications/sender/write_loop'

test.group('Write loop', () => {
  test('given the lease has run out, then it fails, so that the shift ends, and sends nothing', async ({ assert }) => {
    const sent: AttemptedRow[] = []
    const shift = {
      bell: new Bell(),
      lease: { isHeld: false },
      tools: { rates: { connections: async () => 10 } },
      send: (_: LaneQueue, item: AttemptedRow) => sent.push(item),
    }
    const lane = new LaneQueue('unpaced', null)
    lane.attempted.push({ row: { id: 1 } } as AttemptedRow)

    const loop = writeLoop(shift as unknown as Shift, lane, new AbortController().signal)

    await assert.rejects(() => loop, /lease ran out/)
    assert.isEmpty(sent)
  })
})
