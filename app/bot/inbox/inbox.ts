import type { Update } from 'grammy/types'
import type { UpdateStore } from '#bot/inbox/update_store'

/** Where both transports bring updates. When it answers, they are safe. */
export class Inbox {
  #onArrival: (chatIds: number[]) => void = () => {}

  constructor(readonly store: UpdateStore) {}

  async receive(updates: Update[]) {
    const chatIds = await this.store.add(updates)
    if (chatIds.length > 0) this.#onArrival(chatIds)
  }

  /** Tells this process's processor; those of other processes find the rest by sweeping. */
  onArrival(listener: (chatIds: number[]) => void) {
    this.#onArrival = listener
  }
}
