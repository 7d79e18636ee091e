import { DateTime } from 'luxon'
import { pathTo } from '#admin/broadcasts/paths'
import { BROADCAST_STATUSES, type BroadcastStatus } from '#broadcasts/values'
import type { BroadcastRow } from '#admin/broadcasts/lists/broadcasts_list'
import { words } from '#admin/broadcasts/words'

const TONES: Record<BroadcastStatus, string> = {
  draft: 'neutral',
  awaiting_approval: 'accent',
  scheduled: 'info',
  sending: 'primary',
  paused: 'warning',
  completed: 'success',
  cancelled: 'danger',
}

export const statusTone = (status: BroadcastStatus) => TONES[status]

/** `1 Dec 2026, 10:00` of a wall clock time that belongs to no zone. */
export const localTime = (local: string) =>
  DateTime.fromISO(local, { zone: 'utc', locale: 'en-GB' }).toFormat('d MMM yyyy, HH:mm')

/** Recipients whose row has no outcome yet. */
export const left = ({ written, sent, blocked, failed, unknown, cancelled }: BroadcastRow) =>
  Math.max(0, written - sent - blocked - failed - unknown - cancelled)

/** The states as tabs over the list; each is a link that keeps nothing else. */
export function statusTabs(current: unknown) {
  return [
    {
      text: words('list.all'),
      url: pathTo(),
      current: !BROADCAST_STATUSES.includes(current as BroadcastStatus),
    },
    ...BROADCAST_STATUSES.map((status) => ({
      text: words(`statuses.${status}`),
      url: pathTo('', { status }),
      current: status === current,
    })),
  ]
}
