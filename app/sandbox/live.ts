import { ControlError } from '#sandbox/errors'
import type { CallbackAnswer } from '#sandbox/state/callbacks'
import type { Message } from '#sandbox/state/types'

/** What happens in the sandbox, for the page and for tests that wait. */
export type LiveEvent =
  | { type: 'message'; chatId: number; message: Message }
  | { type: 'edit'; chatId: number; message: Message }
  | { type: 'delete'; chatId: number; messageIds: number[] }
  | { type: 'answer'; chatId: number; queryId: string; messageId: number; answer: CallbackAnswer }
  | { type: 'action'; chatId: number; action: string }
  | { type: 'chat'; chatId: number }
  | { type: 'pin'; chatId: number; pinned: number[] }
  | { type: 'commands' }
  | { type: 'faults' }
  | { type: 'services' }
  | { type: 'precheckout'; chatId: number; queryId: string; ok: boolean; error?: string }
  | { type: 'reset' }

type Listener = (event: LiveEvent) => void

export class Live {
  #listeners = new Set<Listener>()

  emit(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  /** Answers a function that ends the subscription. */
  on(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The first event for which `select` answers something, or an error that says what was awaited. */
  waitFor<T>(select: (event: LiveEvent) => T | undefined, awaited: string, timeoutMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop()
        reject(new ControlError(408, `Nothing came within ${timeoutMs} ms: ${awaited}`))
      }, timeoutMs)
      const stop = this.on((event) => {
        const selected = select(event)
        if (selected === undefined) return
        clearTimeout(timer)
        stop()
        resolve(selected)
      })
    })
  }
}
