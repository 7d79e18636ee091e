import type { RaffleDetail } from '#admin/raffles/page/raffle_detail'
import type { Step } from '#admin/shared/steps'
import { formatInstant } from '#admin/shared/format'
import { panelText } from '#admin/shared/words'

/** Where a round stands: open, drawing, its winner. */
export function raffleSteps({ raffle, schedule }: RaffleDetail, timeZone: string): Step[] {
  const { status, openedAt, requestedAt, finishedAt } = raffle
  const planned = schedule && words('planned', { when: formatInstant(schedule.scheduledAt, timeZone) })
  return [
    { text: words('opened'), state: 'done', at: openedAt },
    status === 'open'
      ? { text: words('entries'), state: 'current', hint: planned ?? undefined }
      : { text: words('entries'), state: 'done' },
    {
      text: words('drawing'),
      at: requestedAt,
      state: { open: 'todo', drawing: 'current', finished: 'done' }[status] as Step['state'],
    },
    { text: words('winner'), at: finishedAt, state: status === 'finished' ? 'done' : 'todo' },
  ]
}

const words = (key: string, params: Record<string, string> = {}) => panelText(`raffles.steps.${key}`, params)
