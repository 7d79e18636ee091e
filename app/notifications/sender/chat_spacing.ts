/** A little more than Telegram's second, since two calls need not travel equally long. */
const GAP_MS = 1_100

/** How a deferred row is known when it comes back. */
export const CHAT_PACE = 'chat_pace'

/** Telegram takes one message a second to one chat. Times are those of a monotonic clock, milliseconds. */
export class ChatSpacing {
  readonly #written = new Map<number, number>()
  readonly #planned = new Set<number>()
  /** Where the next of a chat's deferred rows belongs. */
  readonly #queues = new Map<number, number>()

  /** 0 when a row for the chat may be sent next (it is planned then), else the time by which to defer it. */
  plan(chatId: number, now: number, deferredBefore: boolean): number {
    const free = Math.max(now, (this.#written.get(chatId) ?? -GAP_MS) + GAP_MS)
    const queue = this.#queues.get(chatId) ?? 0
    const overtakes = !deferredBefore && queue > now
    if (free <= now && !this.#planned.has(chatId) && !overtakes) {
      this.#planned.add(chatId)
      return 0
    }
    const turn = Math.max(queue, free, now + (this.#planned.has(chatId) ? GAP_MS : 0))
    this.#queues.set(chatId, turn + GAP_MS)
    return turn - now
  }

  written(chatId: number, now: number) {
    this.#planned.delete(chatId)
    this.#written.delete(chatId)
    this.#written.set(chatId, now)
    this.#forget(now)
  }

  /** A planned row was put back. */
  released(chatId: number) {
    this.#planned.delete(chatId)
  }

  /** Maps keep the order of insertion, so the oldest come first. */
  #forget(now: number) {
    for (const [chatId, at] of this.#written) {
      if (at + GAP_MS > now) break
      this.#written.delete(chatId)
      if ((this.#queues.get(chatId) ?? 0) <= now) this.#queues.delete(chatId)
    }
  }
}
