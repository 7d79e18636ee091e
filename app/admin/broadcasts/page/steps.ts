import type Broadcast from '#broadcasts/models/broadcast'
import { words } from '#admin/broadcasts/words'

export interface Step {
  text: string
  state: 'done' | 'current' | 'failed' | 'todo'
  at?: number | null
}

const WAY = ['draft', 'scheduled', 'sending', 'completed'] as const
const STANDS_AT: Record<string, (typeof WAY)[number]> = { awaiting_approval: 'draft', paused: 'sending' }

/** Where a broadcast stands between draft and done, for `@steps`. */
export function stepsOf(broadcast: Broadcast): Step[] {
  const { status } = broadcast
  if (status === 'cancelled') return cancelled(broadcast)
  const position = WAY.indexOf(STANDS_AT[status] ?? (status as (typeof WAY)[number]))
  return WAY.map((step, index) => {
    const isCurrent = index === position
    return {
      text: words(`steps.${isCurrent ? status : step}`),
      state: index < position || (isCurrent && status === 'completed') ? 'done' : isCurrent ? 'current' : 'todo',
      at: index <= position ? momentOf(broadcast, step) : null,
    }
  })
}

/** A broadcast can be given up before or while it is sent. */
function cancelled(broadcast: Broadcast): Step[] {
  const reached = WAY.filter((step) => step === 'draft' || (step === 'sending' && broadcast.startedAt !== null))
  return [
    ...reached.map((step) => ({ text: words(`steps.${step}`), state: 'done' as const, at: momentOf(broadcast, step) })),
    { text: words('steps.cancelled'), state: 'failed', at: broadcast.completedAt },
  ]
}

function momentOf(broadcast: Broadcast, step: (typeof WAY)[number]) {
  const { createdAt, scheduledAt, startedAt, completedAt } = broadcast
  return { draft: createdAt, scheduled: scheduledAt, sending: startedAt, completed: completedAt }[step]
}
