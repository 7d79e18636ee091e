import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import Approval from '#staff/models/approval'

const FRESH_MS = 5_000

/** How many requests wait for a second admin; asked on every page, so it is a few seconds old at most. */
@inject()
export class PendingApprovalsQuery {
  #count = 0
  #countedAt = Number.NEGATIVE_INFINITY

  constructor(private clock: Clock) {}

  async handle(): Promise<number> {
    const now = this.clock.now()
    if (Math.abs(now - this.#countedAt) >= FRESH_MS) {
      const [{ $extras }] = await Approval.query()
        .where('status', 'pending')
        .where('expires_at', '>', now)
        .count('* as total')
      this.#count = Number($extras.total)
      this.#countedAt = now
    }
    return this.#count
  }
}
