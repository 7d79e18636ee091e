import app from '@adonisjs/core/services/app'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { BroadcastContent } from '#core/contracts/broadcast_content'
import { MessageComposer } from '#core/contracts/message_composer'
import { TelegramGateway } from '#core/contracts/telegram_gateway'
import { Rates } from '#notifications/pace/rates'
import { PaidMode } from '#notifications/sender/paid_mode'
import { Photos } from '#notifications/sender/photos'
import { Sender } from '#notifications/sender/sender'
import { SenderTools } from '#notifications/sender/sender_tools'
import { HttpTelegramGateway } from '#notifications/telegram/http_gateway'
import { Settings } from '#core/contracts/settings'
import { FakeBroadcasts, PlainComposer, RecordingAlerts } from '#tests/support/telegram/fakes'
import { TelegramReceiver } from '#tests/support/telegram/receiver'

export const BOT_TOKEN = '123456789:TEST-TOKEN-FOR-THE-SUITE-NOT-A-SECRET'

/** A pace far above Telegram's, for tests of anything else. */
export class FastRates extends Rates {
  /** Calls at a time. With more than one they may overtake each other on their way. */
  atOnce = 40

  constructor(
    settings: Settings,
    private readonly rate = 2000
  ) {
    super(settings)
  }

  async of() {
    return this.rate
  }

  async claimSize() {
    return 20
  }

  async inFlight() {
    return 40
  }

  async connections() {
    return this.atOnce
  }
}

/** The real sender against a receiver of its own; what lies beyond its room is faked. */
export class SenderWorld {
  readonly receiver = new TelegramReceiver()
  readonly broadcasts = new FakeBroadcasts()
  readonly alerts = new RecordingAlerts()
  rates!: FastRates

  async open({ rate = 2000 } = {}) {
    await this.receiver.start()
    const { container } = app
    const settings = await container.make(Settings)
    container.swap(TelegramGateway, () => new HttpTelegramGateway(BOT_TOKEN, this.receiver.url))
    container.swap(BroadcastContent, () => this.broadcasts)
    container.swap(MessageComposer, () => new PlainComposer())
    container.swap(Alerts, () => this.alerts)
    this.rates = new FastRates(settings, rate)
    container.swap(Rates, () => this.rates)
    const photos = new Photos(await container.make(TelegramGateway))
    container.swap(Photos, () => photos)
    const paid = new PaidMode(await container.make(Clock), settings, this.alerts)
    container.swap(PaidMode, () => paid)
    return this
  }

  async close() {
    app.container.restoreAll()
    await this.receiver.stop()
  }

  /** Starts a sender that does not wait its second first. Ends it, and what it has in flight, by the answered function. */
  async start() {
    const tools = await app.container.make(SenderTools)
    Object.assign(tools, { settlingMs: 0 })
    app.container.swap(SenderTools, () => tools)
    const stop = new AbortController()
    const sender = await app.container.make(Sender)
    const running = sender.run(stop.signal)
    return async () => {
      stop.abort()
      await running
    }
  }

  /** Lets the sender run until a condition holds. */
  async sendUntil(condition: () => boolean | Promise<boolean>) {
    const end = await this.start()
    try {
      await eventually(condition)
    } finally {
      await end()
    }
  }
}

/** Polls; a test's own time-out ends a wait in vain. */
export async function eventually(condition: () => boolean | Promise<boolean>) {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10))
}
