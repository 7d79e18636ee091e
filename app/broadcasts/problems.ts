import type { Refused } from '#core/result'

/** One thing wrong with what an admin wrote. The shell words `code` and shows it at `field`. */
export interface BroadcastProblem {
  /** Path of the field: `title`, `audience.conditions.0`, `variants.en.A.html`. */
  field: string
  code: string
  params?: Record<string, string | number>
}

/** Nothing was saved; every problem is listed. */
export interface ProblemsRefusal {
  code: 'problems'
  problems: BroadcastProblem[]
}

export function refuseProblems(problems: BroadcastProblem[]): Refused<ProblemsRefusal> {
  return { ok: false, refusal: { code: 'problems', problems } }
}
