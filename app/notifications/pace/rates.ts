import { inject } from '@adonisjs/core'
import { Settings } from '#core/contracts/settings'
import type { Lane } from '#notifications/pace/slots'
import { messagesPerSecond, paidMessagesPerSecond } from '#notifications/settings'

const CLAIM_SECONDS = 0.15

/** Telegram answers well within that: more calls in flight would only be more that a crash leaves unknown. */
const FLIGHT_SECONDS = 1 / 3
const FEWEST_IN_FLIGHT = 10

/** How fast each lane goes, and how much the sender takes in hand for that. */
@inject()
export class Rates {
  constructor(private readonly settings: Settings) {}

  /** Calls a second. */
  async of(lane: Lane): Promise<number> {
    return this.settings.get(lane === 'paid' ? paidMessagesPerSecond : messagesPerSecond)
  }

  /** Rows of one claim: 4 at 29 a second. */
  async claimSize(lane: Lane) {
    return Math.max(1, Math.floor((await this.of(lane)) * CLAIM_SECONDS))
  }

  /** Rows at most that are journalled as attempted and whose outcome is not stored yet. */
  async inFlight(lane: Lane) {
    return Math.max(FEWEST_IN_FLIGHT, Math.ceil((await this.of(lane)) * FLIGHT_SECONDS))
  }

  /** Calls at a time. */
  async connections(lane: Lane) {
    return this.inFlight(lane)
  }
}

/**
 * Slots lie a little further apart than the rate says: at exactly a second's worth the write gate's window would hold
 * each call back a bit more than the one before, and calls of other processes, which keep to their slots, would meet
 * them in a bunch. 29 a second come to 28.75.
 */
export const spacingUs = (rate: number) => 1_008_700 / rate
