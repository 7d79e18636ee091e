import app from '@adonisjs/core/services/app'
import { BroadcastContent } from '#core/contracts/broadcast_content'
import { Settings } from '#core/contracts/settings'
import { TelegramGateway } from '#core/contracts/telegram_gateway'
import { Rates } from '#notifications/pace/rates'
import { Photos } from '#notifications/sender/photos'
import { Sender } from '#notifications/sender/sender'
import { SenderTools } from '#notifications/sender/sender_tools'
import { HttpTelegramGateway } from '#notifications/telegram/http_gateway'
import { StoredBroadcasts } from '#broadcasts/sending/stored_broadcasts'
import { FanOut } from '#broadcasts/ticks/fan_out'
import { StartDue } from '#broadcasts/ticks/start_due'
import { WindUp } from '#broadcasts/ticks/wind_up'
import { SandboxServer } from '#sandbox/server'
import { resetDatabase } from '#tests/support/database'
import { FastRates } from '#tests/support/telegram/sender_world'

/** The real sender and the real ticks against a sandbox. */
export class LiveWorld {
  sandbox!: SandboxServer
  readonly #stop = new AbortController()
  #running: Array<Promise<unknown>> = []

  async open() {
    await resetDatabase()
    this.sandbox = await SandboxServer.start({ samples: false })
    const { container } = app
    const settings = await container.make(Settings)
    settings.forget()
    container.swap(TelegramGateway, () => new HttpTelegramGateway(this.sandbox.token, this.sandbox.url))
    container.swap(Rates, () => new FastRates(settings))
    const photos = new Photos(await container.make(TelegramGateway))
    container.swap(Photos, () => photos)
    const content = await container.make(StoredBroadcasts)
    container.swap(BroadcastContent, () => content)
    const tools = await container.make(SenderTools)
    Object.assign(tools, { settlingMs: 0 })
    container.swap(SenderTools, () => tools)
    const sender = await container.make(Sender)
    this.#running = [sender.run(this.#stop.signal), this.#tick()]
    return this
  }

  async close() {
    this.#stop.abort()
    await Promise.all(this.#running)
    app.container.restoreAll()
    await this.sandbox.stop()
  }

  async #tick() {
    const ticks = [
      await app.container.make(StartDue),
      await app.container.make(FanOut),
      await app.container.make(WindUp),
    ]
    while (!this.#stop.signal.aborted) {
      for (const tick of ticks) await tick.run(this.#stop.signal)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
