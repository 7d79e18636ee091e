import type { Api } from 'grammy'
import type { Logger } from '@adonisjs/core/logger'
import type { Leases } from '#system/leases/leases'
import type { Inbox } from '#bot/inbox/inbox'
import { ALLOWED_UPDATES } from '#bot/inbox/update_kind'
import { delayAfter, explain, pause, persist } from '#bot/telegram/retry'

const LEASE = 'telegram.polling'
const LEASE_TTL_MS = 15_000
const POLL_SECONDS = 25

type Signal = Parameters<Api['getUpdates']>[1]

/**
 * Fetch, store, and only then confirm by the next offset: a process killed at any moment gets the same updates
 * again. Of several web processes the holder of the lease polls; Telegram admits one.
 */
export class LongPolling {
  constructor(
    private readonly api: Api,
    private readonly inbox: Inbox,
    private readonly leases: Leases,
    private readonly logger: Logger
  ) {}

  run(signal: AbortSignal): Promise<void> {
    return this.leases.runWhileHeld(LEASE, LEASE_TTL_MS, (_lease, held) => this.#poll(held), signal)
  }

  async #poll(signal: AbortSignal) {
    await persist('deleteWebhook', this.logger, signal, () => this.api.deleteWebhook({}, signal as Signal))
    let offset = 0
    let failures = 0
    while (!signal.aborted) {
      try {
        offset = await this.#fetch(offset, signal)
        failures = 0
      } catch (error) {
        if (signal.aborted) return
        explain(this.logger, 'getUpdates', error)
        await pause(delayAfter(error, failures++), signal)
      }
    }
  }

  async #fetch(offset: number, signal: AbortSignal): Promise<number> {
    const updates = await this.api.getUpdates(
      { offset, limit: 100, timeout: POLL_SECONDS, allowed_updates: ALLOWED_UPDATES },
      signal as Signal
    )
    await this.inbox.receive(updates)
    return updates.length > 0 ? updates.at(-1)!.update_id + 1 : offset
  }
}
