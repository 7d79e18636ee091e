import { lowWater, type AttemptedRow, type LaneQueue } from '#notifications/sender/lane_queue'
import type { Photos } from '#notifications/sender/photos'
import type { PreparedRow } from '#notifications/sender/prepared_row'
import type { Shift } from '#notifications/sender/shift'

/** Journals rows as attempted, never more than the pace needs: what a crash finds journalled is unknown. */
export async function markLoop(shift: Shift, lane: LaneQueue, signal: AbortSignal) {
  const { rates, photos } = shift.tools
  while (!signal.aborted) {
    const seen = shift.bell.count
    const batch = await rates.claimSize(lane.pace)
    lane.lowWater = lowWater(batch)
    const room = (await rates.inFlight(lane.pace)) - lane.unresolved
    const wanted = lane.attempted.length > lane.lowWater ? 0 : Math.min(room, batch)
    const chosen = wanted > 0 ? choose(lane, photos, wanted) : []
    if (chosen.length === 0) {
      await shift.bell.wait(seen, signal)
      continue
    }
    lane.unresolved += chosen.length
    const { at, ids } = await shift.tools.attempts.mark(
      shift.claimant,
      chosen.map(({ row }) => row.id)
    )
    for (const item of chosen) {
      if (ids.has(item.row.id)) lane.attempted.push({ ...item, attemptedAt: at })
      else (lane.unresolved--, shift.unplan(item))
    }
    if (signal.aborted) return
    if (shift.silenceMs > 0) await shift.release()
    shift.bell.ring()
  }
}

/** The next prepared rows, but for those whose photo another row is uploading. */
function choose(lane: LaneQueue, photos: Photos, wanted: number) {
  const chosen: Array<Omit<AttemptedRow, 'attemptedAt'>> = []
  const taken: PreparedRow[] = []
  for (const item of lane.prepared) {
    if (chosen.length === wanted) break
    const source = item.photo ? photos.take(item.photo) : null
    if (source?.kind === 'busy') continue
    chosen.push({ ...item, lane: lane.name, source })
    taken.push(item)
  }
  lane.remove(taken)
  return chosen
}
