export type Tone = 'success' | 'warning' | 'danger' | 'info' | 'primary' | 'accent' | 'neutral'

/** States that all sections share, by what they mean to the reader: done, on its way, needs a look, went wrong. */
const STATES: Partial<Record<Tone, string>> = {
  success: 'active alive approved captured completed confirmed fulfilled healthy paid sent settled',
  info: 'fulfilling open processing scheduled sending waiting',
  warning:
    'awaiting_approval blocked degraded held manual overdue overpaid partial paused pending retrying review underpaid unknown ' +
    'unreachable',
  danger: 'banned failed mismatch permanent_failure rejected silent unhealthy',
}

const TONES = new Map(
  Object.entries(STATES).flatMap(([tone, states]) => states.split(' ').map((state) => [state, tone as Tone]))
)

/** The tone of a state's badge; what needs nobody's attention (`draft`, `cancelled`, `expired`) is neutral. */
export const toneOfState = (state: string): Tone => TONES.get(state.toLowerCase()) ?? 'neutral'
