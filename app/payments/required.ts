import type { Result } from '#core/result'

/** The value of what can't be refused here. @throws when it was all the same, so that everything is taken back. */
export function required<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused where that is impossible: ${result.refusal.code}`)
  return result.value
}
