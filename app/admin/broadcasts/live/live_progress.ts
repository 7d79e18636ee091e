import type Broadcast from '#broadcasts/models/broadcast'
import type { Progress, Tally } from '#broadcasts/queries/progress_query'
import { formatDuration, formatNumber } from '#admin/shared/format'
import { words } from '#admin/broadcasts/words'

/** What the page of a broadcast shows while it is sent, and what is sent to it once a second. Strings are for people. */
export interface LiveProgress {
  /** Changes when the page as a whole has to be drawn again. */
  state: string
  isRunning: boolean
  /** It may change by itself: the page is told. */
  isLive: boolean
  value: number
  max: number
  texts: CountTexts & { title: string; percent: string; rate: string; left: string }
}

interface Context {
  broadcast: Pick<Broadcast, 'startedAt' | 'completedAt' | 'cancelledAt'>
  now: number
  /** Messages a second of late; the average since the start when nobody has watched yet. */
  rate?: number
}

type CountTexts = Record<keyof Tally, string>

const NOTHING: Tally = { written: 0, sent: 0, blocked: 0, failed: 0, unknown: 0, cancelled: 0, open: 0 }

/** Of the run that goes on, or went last. */
export function tallyOf({ run, sends, edits, deletions }: Progress): Tally {
  if (run === 'edit') return edits ?? NOTHING
  if (run === 'delete') return deletions ?? NOTHING
  return sends
}

const LIVE: string[] = ['awaiting_approval', 'scheduled', 'sending', 'paused']

const OUTCOMES = ['written', 'sent', 'blocked', 'failed', 'unknown', 'cancelled', 'open'] as const

export function liveProgress(progress: Progress, { broadcast, now, rate: measured }: Context): LiveProgress {
  const { status, run, isFanningOut } = progress
  const tally = tallyOf(progress)
  const { written, open } = tally
  const isRunning = status === 'sending'
  const isFirstRun = run === null || run === 'send'
  const rate = measured ?? (isFirstRun ? averageRate(tally, broadcast, now) : 0)
  const isMoving = isRunning && rate > 0
  return {
    state: `${status} ${run ?? ''}`,
    isRunning,
    isLive: LIVE.includes(status),
    value: written - open,
    max: Math.max(written, 1),
    texts: {
      ...(Object.fromEntries(OUTCOMES.map((name) => [name, formatNumber(tally[name])])) as CountTexts),
      title: words(`progress.${isFanningOut ? 'writing' : (run ?? 'send')}`),
      percent: `${written ? Math.floor(((written - open) / written) * 100) : 0} %`,
      rate: isMoving ? words('progress.rate', { rate: rate.toFixed(1) }) : '',
      left: isMoving ? timeLeft(open, rate) : isFirstRun ? timeTaken(broadcast) : '',
    },
  }
}

const timeLeft = (open: number, rate: number) =>
  open > 0 ? words('progress.left', { time: formatDuration((open / rate) * 1000) }) : ''

function timeTaken({ startedAt, completedAt }: Context['broadcast']) {
  if (startedAt === null || completedAt === null) return ''
  return words('progress.took', { time: formatDuration(Math.max(1000, completedAt - startedAt)) })
}

function averageRate({ written, open }: Tally, broadcast: Context['broadcast'], now: number) {
  const { startedAt, completedAt, cancelledAt } = broadcast
  if (startedAt === null) return 0
  const seconds = ((completedAt ?? cancelledAt ?? now) - startedAt) / 1000
  return seconds > 1 ? (written - open) / seconds : 0
}
