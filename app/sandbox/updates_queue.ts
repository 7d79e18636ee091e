import type { SandboxClock } from '#sandbox/clock'

export interface Update {
  update_id: number
  [type: string]: unknown
}

interface Queued {
  update: Update
  chatId: number
  expiresAt: number
}

export interface QueueSnapshot {
  nextId: number
  allowed: string[]
  queue: Queued[]
}

/** Telegram keeps an update that nobody fetches for a day. */
const LIFETIME_MS = 24 * 60 * 60 * 1000

/** Sent only to bots that ask for them by name. */
const ON_REQUEST = ['chat_member', 'message_reaction', 'message_reaction_count']

/** Updates that the bot has not confirmed yet, for long polling and webhooks alike. */
export class UpdatesQueue {
  allowed: string[] = []
  #queue: Queued[] = []
  #nextId: number
  #wakeUps = new Set<() => void>()

  constructor(
    readonly clock: SandboxClock,
    firstId: number
  ) {
    this.#nextId = firstId
  }

  /** Queues an update unless the bot has not asked for its type. Answers its id. */
  push(type: string, payload: unknown, chatId: number): number | undefined {
    const wanted = this.allowed.length > 0 ? this.allowed.includes(type) : !ON_REQUEST.includes(type)
    if (!wanted) return undefined
    const update = { update_id: this.#nextId++, [type]: payload }
    this.#queue.push({ update, chatId, expiresAt: this.clock.now() + LIFETIME_MS })
    for (const wakeUp of [...this.#wakeUps]) wakeUp()
    return update.update_id
  }

  /** Updates from `offset` on; what lies before it counts as confirmed. A negative offset counts from the end. */
  take(offset: number, limit: number): Update[] {
    this.#expire()
    if (offset > 0) this.#confirmBefore(offset)
    else if (offset < 0) this.#queue = this.#queue.slice(offset)
    return this.#queue.slice(0, limit).map(({ update }) => update)
  }

  pending(): readonly { update: Update; chatId: number }[] {
    this.#expire()
    return this.#queue
  }

  confirm(updateId: number): void {
    const index = this.#queue.findIndex(({ update }) => update.update_id === updateId)
    if (index >= 0) this.#queue.splice(index, 1)
  }

  drop(): void {
    this.#queue = []
  }

  /** Calls back at each new update, until the answered function is called. */
  onPush(wakeUp: () => void): () => void {
    this.#wakeUps.add(wakeUp)
    return () => this.#wakeUps.delete(wakeUp)
  }

  snapshot(): QueueSnapshot {
    return { nextId: this.#nextId, allowed: this.allowed, queue: this.#queue }
  }

  restore({ nextId, allowed, queue }: QueueSnapshot): void {
    this.#nextId = Math.max(this.#nextId, nextId)
    this.allowed = allowed
    this.#queue = queue
  }

  get size(): number {
    return this.#queue.length
  }

  #confirmBefore(offset: number): void {
    let confirmed = 0
    while (confirmed < this.#queue.length && this.#queue[confirmed].update.update_id < offset) confirmed++
    this.#queue.splice(0, confirmed)
  }

  #expire(): void {
    const now = this.clock.now()
    if (this.#queue.length > 0 && this.#queue[0].expiresAt <= now) {
      this.#queue = this.#queue.filter(({ expiresAt }) => expiresAt > now)
    }
  }
}
