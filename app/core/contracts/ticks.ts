/**
 * Work that comes round: a sweeper, a scan for what is due. It runs in `queue:work`, in one process at a time, and
 * again after a crash; so it must be safe to repeat, and should end within seconds or look at `signal`.
 */
export interface Tick {
  /** Stable, domain first: `broadcasts.start_due`. */
  name: string
  everyMs: number
  run(signal: AbortSignal): Promise<void>
}

/** Registry of all ticks; rooms register theirs when they boot. */
export abstract class Ticks {
  abstract register(tick: Tick): void
  abstract all(): Tick[]
}
