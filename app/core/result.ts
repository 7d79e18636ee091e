/** Outcome of an action: done, or refused for a reason that its caller words for the person in front of it. */
export type Result<T, R extends Refusal = Refusal> = Ok<T> | Refused<R>

/** An expected refusal: `code` picks the wording, `params` fill it. */
export interface Refusal {
  readonly code: string
  readonly params?: Record<string, string | number>
}

export interface Ok<T> {
  readonly ok: true
  readonly value: T
}

export interface Refused<R extends Refusal> {
  readonly ok: false
  readonly refusal: R
}

export function ok(): Ok<void>
export function ok<T>(value: T): Ok<T>
export function ok<T>(value?: T): Ok<T | undefined> {
  return { ok: true, value }
}

export function refuse<const C extends string>(
  code: C,
  params?: Record<string, string | number>
): Refused<{ code: C; params?: Record<string, string | number> }> {
  return { ok: false, refusal: { code, params } }
}
