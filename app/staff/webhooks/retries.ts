const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** After each failed attempt: together more than a day, as long as somebody may need to mend a receiver. */
const DELAYS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 3 * HOUR, 8 * HOUR, 16 * HOUR]

/** How long to wait after that many attempts; null when it was tried often enough. */
export const retryDelay = (attempts: number): number | null => DELAYS[attempts - 1] ?? null

/** Longer than an attempt can take: whoever claimed one and died leaves it to others after that. */
export const CLAIM_MS = MINUTE
