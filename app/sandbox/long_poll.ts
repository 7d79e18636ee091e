import { setTimeout as sleep } from 'node:timers/promises'
import type { SandboxClock } from '#sandbox/clock'
import { conflict, type ApiError } from '#sandbox/errors'
import type { Update, UpdatesQueue } from '#sandbox/updates_queue'

const TAKEN_OVER = 'terminated by other getUpdates request; make sure that only one bot instance is running'

export interface PollRequest {
  offset: number
  limit: number
  timeoutMs: number
  /** aborted when the client has gone away */
  signal: AbortSignal
}

/** One waiting getUpdates at a time: the later one takes over and the earlier one gets a 409. */
export class LongPoll {
  #waiting?: { refuse: (error: ApiError) => void }
  #nextConflictAt = 0

  constructor(
    readonly updates: UpdatesQueue,
    readonly clock: SandboxClock,
    readonly conflictDelayMs: number
  ) {}

  async poll(request: PollRequest): Promise<Update[]> {
    const ready = this.updates.take(request.offset, request.limit)
    if (ready.length > 0 || request.timeoutMs === 0) return ready
    this.abort(TAKEN_OVER)
    return this.#wait(request)
  }

  get isWaiting(): boolean {
    return this.#waiting !== undefined
  }

  /** Ends the request that waits, if there is one. */
  abort(reason: string): void {
    this.#waiting?.refuse(conflict(reason))
  }

  /** Telegram slows down pollers that fight each other: from the second conflict in 3 s on, the answer takes 3 s. */
  async delayConflict(): Promise<void> {
    const now = this.clock.now()
    if (now < this.#nextConflictAt) await sleep(this.conflictDelayMs)
    else this.#nextConflictAt = now + this.conflictDelayMs
  }

  #wait({ offset, limit, timeoutMs, signal }: PollRequest): Promise<Update[]> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer)
        stopListening()
        signal.removeEventListener('abort', onAbort)
        if (this.#waiting === waiting) this.#waiting = undefined
        settle()
      }
      const waiting = { refuse: (error: ApiError) => end(() => reject(error)) }
      const onAbort = () => end(() => resolve([]))
      const timer = setTimeout(() => end(() => resolve([])), timeoutMs)
      const stopListening = this.updates.onPush(() => {
        const ready = this.updates.take(offset, limit)
        if (ready.length > 0) end(() => resolve(ready))
      })
      signal.addEventListener('abort', onAbort)
      this.#waiting = waiting
    })
  }
}
