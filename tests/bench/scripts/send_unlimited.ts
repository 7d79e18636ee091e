import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Settings } from '#core/contracts/settings'
import { Rates } from '#notifications/pace/rates'
import { Sender } from '#notifications/sender/sender'

class LiftedRates extends Rates {
  constructor(
    settings: Settings,
    private readonly concurrency: number
  ) {
    super(settings)
  }

  async of() {
    return 1_000_000
  }

  async claimSize() {
    return 150
  }

  async inFlight() {
    return 4 * this.concurrency
  }

  async connections() {
    return this.concurrency
  }
}

/** The real sender with the cap lifted, until all of the outbox is sent. */
export default async function sendUnlimited(_: number, concurrency: number) {
  const settings = await app.container.make(Settings)
  app.container.swap(Rates, () => new LiftedRates(settings, concurrency))
  const sender = await app.container.make(Sender)
  const stop = new AbortController()
  const running = sender.run(stop.signal)
  for (let waiting = Infinity; waiting > 0;) {
    await new Promise((resolve) => setTimeout(resolve, 250))
    const rows = await db.from('notifications').whereNot('status', 'SENT').count('* as waiting')
    waiting = Number(rows[0].waiting)
  }
  stop.abort()
  await running
}
