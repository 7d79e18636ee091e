import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

/** Several gauges come from one reading, and a database that hangs must not hold up the answer. */
const LASTS_MS = 5000
const PATIENCE_MS = 2000

/** Reads at most every five seconds; null when it fails or takes too long. */
export function sharedReading<T>(read: () => Promise<T>): () => Promise<T | null> {
  let reading: { at: number; value: Promise<T | null> } | undefined
  return () => {
    const now = performance.now()
    if (!reading || now - reading.at > LASTS_MS) {
      const tooLate = sleep(PATIENCE_MS, null, { ref: false })
      reading = { at: now, value: Promise.race([read().catch(() => null), tooLate]) }
    }
    return reading.value
  }
}
