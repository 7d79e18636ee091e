/**
 * Work that a worker does all the time, beside jobs, messages and what is scheduled. Each worker runs each of them: one
 * that must be alone sees to that itself, with a lease. Ends soon after `signal` aborts.
 */
export interface Duty {
  /** Stable, domain first: `chain.sender`. */
  name: string
  run(signal: AbortSignal): Promise<void>
}

/** Registry of all duties; rooms register theirs when they boot. */
export abstract class Duties {
  abstract register(duty: Duty): void
  abstract all(): Duty[]
}
