/** `user`: the person did something that can't be done; it is counted and never alerted. */
export const ERROR_CATEGORIES = ['network', 'payment', 'system', 'user'] as const
export type ErrorCategory = (typeof ERROR_CATEGORIES)[number]

/** Every unexpected error of a shell, job or loop passes here: it is logged, counted and, when many, alerted. */
export abstract class ErrorReporter {
  abstract report(error: unknown, category: ErrorCategory, context?: Record<string, unknown>): void
  /** For an error that somebody else has logged. */
  abstract count(category: ErrorCategory): void
}
