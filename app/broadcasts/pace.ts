import { inject } from '@adonisjs/core'
import { Settings } from '#core/contracts/settings'
import { messagesPerSecond, paidBroadcasts, paidMessagesPerSecond } from '#notifications/settings'

/** Telegram charges for what goes beyond its free pace. */
const STARS_PER_PAID_MESSAGE = 0.1

export interface SendingEstimate {
  /** Whole seconds, if nothing else is sent. */
  seconds: number
  perSecond: number
  /** Whole Stars, rounded up. */
  stars: number
}

/** How long a number of messages takes at the pace that is set, and what it costs. */
@inject()
export class Pace {
  constructor(private settings: Settings) {}

  async estimate(messages: number, { paid }: { paid: boolean }): Promise<SendingEstimate> {
    const isPaid = paid && (await this.settings.get(paidBroadcasts))
    const perSecond = await this.settings.get(isPaid ? paidMessagesPerSecond : messagesPerSecond)
    return {
      seconds: Math.ceil(messages / perSecond),
      perSecond,
      stars: isPaid ? Math.ceil(messages * STARS_PER_PAID_MESSAGE) : 0,
    }
  }
}
