export const MAX_ATTEMPTS = 5

const FIRST_MS = 2_000
const FACTOR = 4

/** Until the next attempt: 2, 8, 32, 128 s, each shortened by up to half at random so that rows spread out. */
export function backoffMs(attempts: number, random = Math.random) {
  return Math.round(FIRST_MS * FACTOR ** (attempts - 1) * (1 - random() / 2))
}
