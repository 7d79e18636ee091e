import type { LaneQueue } from '#notifications/sender/lane_queue'
import type { Shift } from '#notifications/sender/shift'

/** Writes attempted rows at their slots. */
export async function writeLoop(shift: Shift, lane: LaneQueue, signal: AbortSignal) {
  while (!signal.aborted) {
    const seen = shift.bell.count
    lane.isCrowded = lane.calling >= (await shift.tools.rates.connections(lane.pace))
    if (lane.attempted.length === 0 || lane.isCrowded) {
      await shift.bell.wait(seen, signal)
      continue
    }
    const turn = lane.pacer ? await lane.pacer.next(lane.attempted.length, signal) : GO
    if (turn.kind === 'silence') {
      await shift.fallSilent(turn.ms)
      continue
    }
    if (turn.kind === 'aborted') return
    if (!shift.lease.isHeld) throw new Error('The lease ran out before it was renewed: the sender must not go on')
    const item = lane.attempted.shift()
    if (item) shift.send(lane, item)
    if (lane.attempted.length <= lane.lowWater) shift.bell.ring()
  }
}

const GO = { kind: 'go' } as const
