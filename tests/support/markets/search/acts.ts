import fc from 'fast-check'
import { OUTCOMES, type Outcome } from '#markets/values'

/** What customers who conspire against the house may do; numbers are taken modulo how many there are. */
export type Act =
  | { kind: 'bet'; who: number; on: number; outcome: Outcome; stake: bigint }
  /** As much as is taken. */
  | { kind: 'most'; who: number; on: number; outcome: Outcome }
  /** One side as high as it goes, then the least on the other, whose odds that has raised. */
  | { kind: 'pump'; who: number; partner: number; on: number; outcome: Outcome }
  /** Somebody gets points for nothing. */
  | { kind: 'grant'; who: number; amount: bigint }
  /** Granted points on one side, and bought ones against them. */
  | { kind: 'launder'; who: number; partner: number; on: number; outcome: Outcome; stake: bigint }
  /** It ends as the house likes least, or as it happens; the next one begins empty. */
  | { kind: 'end'; on: number; outcome: Outcome | null }

const index = fc.nat(1000)
const outcome = fc.constantFrom(...OUTCOMES)
/** From a hundredth to some million PRED, small and large ones alike. */
const stake = fc
  .tuple(fc.nat(8), fc.integer({ min: 1, max: 99 }))
  .map(([tens, digits]) => BigInt(digits) * 10n ** BigInt(tens))

const bet = fc.record({ kind: fc.constant('bet' as const), who: index, on: index, outcome, stake })
const most = fc.record({ kind: fc.constant('most' as const), who: index, on: index, outcome })
const pump = fc.record({ kind: fc.constant('pump' as const), who: index, partner: index, on: index, outcome })
const grant = fc.record({ kind: fc.constant('grant' as const), who: index, amount: stake })
const launder = fc.record({
  ...{ kind: fc.constant('launder' as const), who: index, partner: index, on: index, outcome, stake },
})
const end = fc.record({ kind: fc.constant('end' as const), on: index, outcome: fc.option(outcome) })

export const manyActs = (length: number, { ends = true } = {}): fc.Arbitrary<Act[]> =>
  fc.array(fc.oneof(bet, bet, most, most, pump, pump, launder, launder, grant, ...(ends ? [end] : [])), {
    maxLength: length,
    size: 'max',
  })
