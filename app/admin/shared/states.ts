export type Tone = 'success' | 'warning' | 'danger' | 'info' | 'primary' | 'accent' | 'neutral'

/** States that all sections share, by what they mean to the reader: done, on its way, needs a look, went wrong. */
const STATES: Partial<Record<Tone, string>> = {
  success:
    'active alive approved captured completed confirmed delivered done finished fulfilled healthy paid sent settled',
  info:
    'act approve awaiting_confirmations broadcast drawing fulfilling mined new open processing requested scheduled seen ' +
    'sending signed topup waiting',
  warning:
    'awaiting_approval blocked degraded held manual overdue overpaid partial paused pending retrying review underpaid unknown ' +
    'unreachable needs_attention',
  danger: 'banned failed mismatch permanent_failure rejected reverted silent unhealthy',
}

const TONES = new Map(
  Object.entries(STATES).flatMap(([tone, states]) => states.split(' ').map((state) => [state, tone as Tone]))
)

/** The tone of a state's badge; what needs nobody's attention (`draft`, `cancelled`, `expired`) is neutral. */
export const toneOfState = (state: string): Tone => TONES.get(state.toLowerCase()) ?? 'neutral'
