import { rest } from '#notifications/sender/bell'
import { takesSlot } from '#notifications/sender/chat_rules'
import { lowWater, type LaneName } from '#notifications/sender/lane_queue'
import type { PreparedRow } from '#notifications/sender/prepared_row'
import type { Shift } from '#notifications/sender/shift'

const IDLE_MS = 200
const NOTHING_READY_MS = 50

/** Claims and words rows, a little ahead of their slots. */
export async function claimLoop(shift: Shift, signal: AbortSignal) {
  /** A large claim of rows that no Stars may be spent on would keep payment news waiting behind it. */
  let mayBePaid = true
  while (!signal.aborted) {
    const seen = shift.bell.count
    if (shift.silenceMs > 0) {
      await rest(Math.min(shift.silenceMs, 1000), signal)
      continue
    }
    const paid = await shift.tools.paid.isOn()
    const room = await roomFor(shift, paid && mayBePaid)
    if (room.transactional + room.broadcast === 0) {
      await shift.bell.wait(seen, signal)
      continue
    }
    const claimed = await claim(shift, room)
    const ready = claimed.length > 0 ? await prepare(shift, claimed) : []
    if (ready.length > 0) mayBePaid = ready.every(({ row, message }) => row.broadcastId === null || message?.paid)
    for (const item of ready) shift.lanes[laneOf(item, paid)].prepared.push(item)
    shift.tools.photos.evict(Object.values(shift.lanes).flatMap(({ photos }) => photos))
    if (ready.length > 0) shift.bell.ring()
    if (ready.length === 0) await rest(claimed.length > 0 ? NOTHING_READY_MS : IDLE_MS, signal)
  }
}

interface Room {
  transactional: number
  broadcast: number
}

/** Broadcasts wait while one of their photos is being uploaded for the first time. */
async function roomFor({ tools, lanes }: Shift, paid: boolean): Promise<Room> {
  const uploading = Object.values(lanes).some((lane) => lane.ready(tools.photos).length < lane.prepared.length)
  const roomOf = async (name: 'free' | 'paid') => {
    const size = await tools.rates.claimSize(name)
    const most = Math.max(lanes[name].ready(tools.photos).length, lanes.unpaced.prepared.length)
    return most > lowWater(size) ? 0 : size
  }
  const transactional = await roomOf('free')
  return { transactional, broadcast: uploading ? 0 : paid ? await roomOf('paid') : transactional }
}

async function claim({ tools, claimant }: Shift, { transactional, broadcast }: Room) {
  const broadcastIds = broadcast > 0 ? await tools.broadcasts.sending() : []
  return tools.claims.claim({ claimant, transactional, broadcast, broadcastIds })
}

async function prepare({ tools, spacing, results }: Shift, claimed: Awaited<ReturnType<typeof claim>>) {
  const { ready, deferred } = await tools.chatRules.apply(claimed, spacing)
  const prepared = await tools.preparation.prepare(ready)
  for (const { row } of [...prepared.settled, ...prepared.broken]) if (takesSlot(row)) spacing.released(row.chatId)
  results.add([...deferred, ...prepared.settled, ...prepared.broken])
  for (const { row, error } of prepared.broken)
    tools.logger.error({ row: row.id, error }, 'An outbox row can not be sent')
  return prepared.ready
}

function laneOf({ row, message }: PreparedRow, paid: boolean): LaneName {
  if (!takesSlot(row)) return 'unpaced'
  return paid && message?.paid && row.operation === 'send' ? 'paid' : 'free'
}
