import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { Settings } from '#core/contracts/settings'
import { paidBroadcasts } from '#notifications/settings'

const SUSPENSION_MS = 10 * 60_000
const FINGERPRINT = 'telegram:paid_broadcasts'

/** Paid broadcasts, while the setting says so and Telegram takes the Stars; else the free pace. */
@inject()
export class PaidMode {
  #suspendedUntil = 0

  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly alerts: Alerts
  ) {}

  async isOn() {
    return this.clock.now() >= this.#suspendedUntil && (await this.settings.get(paidBroadcasts))
  }

  async suspend(error: string) {
    if (this.clock.now() < this.#suspendedUntil) return
    this.#suspendedUntil = this.clock.now() + SUSPENSION_MS
    await this.alerts.raise({
      kind: 'broadcasts',
      severity: 'warning',
      fingerprint: FINGERPRINT,
      title:
        'Telegram refused a paid broadcast; sending goes on at the free pace and paid is tried again in 10 minutes',
      details: { answer: error, next: 'Check the Stars balance of the bot, or switch paid broadcasts off' },
    })
  }
}
