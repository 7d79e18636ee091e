import app from '@adonisjs/core/services/app'
import { Settings } from '#core/contracts/settings'
import { TelegramGateway } from '#core/contracts/telegram_gateway'
import { Ticks } from '#core/contracts/ticks'
import { Rates as SenderRates } from '#notifications/pace/rates'
import { Sender } from '#notifications/sender/sender'
import { SenderTools } from '#notifications/sender/sender_tools'
import { HttpTelegramGateway } from '#notifications/telegram/http_gateway'
import ExchangeRate from '#payments/models/exchange_rate'
import { runBot } from '#tests/support/running_bot'
import { startSandboxPayments } from '#tests/support/payments/sandbox_payments'
import { FastRates } from '#tests/support/telegram/sender_world'

const TICKS = ['bot.follow_invoices', 'stars.deliver']

type Payments = Awaited<ReturnType<typeof startSandboxPayments>>
type Bot = Awaited<ReturnType<typeof runBot>>
type Person = ReturnType<Payments['sandbox']['customer']>
type Message = Awaited<ReturnType<Payments['sandbox']['waitForMessage']>>

/** The bot, the sender, the ticks and the payment clients as they run together, against a sandbox of their own. */
export class TradingWorld {
  payments!: Payments
  #bot!: Bot
  #running: Array<Promise<unknown>> = []
  readonly #stop = new AbortController()

  async open() {
    this.payments = await startSandboxPayments()
    const { container } = app
    const settings = await container.make(Settings)
    settings.forget()
    container.swap(TelegramGateway, () => new HttpTelegramGateway(this.sandbox.token, this.sandbox.url))
    container.swap(SenderRates, () => new FastRates(settings))
    const tools = await container.make(SenderTools)
    Object.assign(tools, { settlingMs: 0 })
    container.swap(SenderTools, () => tools)
    this.#bot = await runBot({ token: this.sandbox.token, apiRoot: this.sandbox.url, sweepEveryMs: 20 })
    const sender = await container.make(Sender)
    this.#running = [sender.run(this.#stop.signal), this.#tick()]
    return this
  }

  async close() {
    this.#stop.abort()
    await this.#bot.runner.stop()
    await Promise.all(this.#running)
    app.container.restoreAll([TelegramGateway, SenderRates, SenderTools])
    await this.payments.stop()
  }

  get sandbox() {
    return this.payments.sandbox
  }

  /** A Star is worth so many TON. */
  async givenStarRate(rate: string) {
    const now = Date.now()
    await ExchangeRate.create({
      base: 'STARS',
      quote: 'TON',
      rate,
      source: 'manual',
      observedAt: now,
      expiresAt: now + 3_600_000,
    })
  }

  /** Webhooks have arrived and have been looked into. */
  async webhooksDone() {
    await this.sandbox.webhooks.settled()
    await this.payments.process()
  }

  /** Presses a button and answers what its message has become. */
  async press(person: Person, message: Message, label: string, becomes: { text?: string; button?: string }) {
    const pressed = this.sandbox.press(person, message, label)
    const edited = await this.sandbox.waitForEdit(person, message, becomes)
    await this.sandbox.waitForAnswer(pressed)
    return edited
  }

  async #tick() {
    const ticks = await app.container.make(Ticks)
    const wanted = ticks.all().filter(({ name }) => TICKS.includes(name))
    while (!this.#stop.signal.aborted) {
      for (const tick of wanted) await tick.run(this.#stop.signal)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
