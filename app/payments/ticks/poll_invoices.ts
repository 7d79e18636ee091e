import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Clock } from '#core/clock'
import type { Tick } from '#core/contracts/ticks'
import { transaction } from '#core/database/transaction'
import { ApplyPayment } from '#payments/actions/apply_payment'
import { AskProvider } from '#payments/actions/ask_provider'
import Invoice from '#payments/models/invoice'
import { GRACE_MS, pollDelay } from '#payments/poll_times'
import { PaymentProviders } from '#payments/providers/payment_providers'

const BATCH = 100
const AT_A_TIME = 5

/**
 * Asks providers about every invoice that may still be paid, ever less often, until an hour after its end: a webhook
 * that got lost delays a payment and loses none. An invoice ends when its provider, asked after the end, knows of no
 * payment; when the provider can't be asked for that whole hour it ends all the same.
 */
@inject()
export class PollInvoices implements Tick {
  readonly name = 'payments.poll'
  readonly everyMs = 5000

  constructor(
    private clock: Clock,
    private providers: PaymentProviders,
    private ask: AskProvider,
    private apply: ApplyPayment,
    private logger: Logger
  ) {}

  async run(signal: AbortSignal) {
    const due = await Invoice.query().where('next_poll_at', '<=', this.clock.now()).orderBy('next_poll_at').limit(BATCH)
    const queue = due.values()
    await Promise.all(
      Array.from({ length: AT_A_TIME }, async () => {
        for (const invoice of queue) {
          if (signal.aborted) return
          await this.#poll(invoice)
        }
      })
    )
  }

  async #poll(invoice: Invoice) {
    if (!(await this.#claim(invoice))) return
    try {
      if (this.#canBeAsked(invoice)) await this.ask.handle(invoice.id)
      else await this.#giveUp(invoice)
    } catch (error) {
      this.logger.warn({ err: error, invoice: invoice.reference }, 'An invoice could not be asked for; trying again')
      await this.#giveUp(invoice)
    }
  }

  /** Whoever moves the moment asks. */
  async #claim({ id, nextPollAt, polls }: Invoice) {
    const changed = await Invoice.query()
      .where({ id, next_poll_at: nextPollAt })
      .update({ polls: polls + 1, next_poll_at: this.clock.now() + pollDelay(polls + 1) })
    return Number(changed[0] ?? changed) === 1
  }

  #canBeAsked({ provider: name }: Invoice) {
    const provider = this.providers.find(name)
    return provider !== undefined && !provider.breaker.isDown
  }

  async #giveUp({ id, expiresAt }: Invoice) {
    if (this.clock.now() < expiresAt + GRACE_MS) return
    await transaction((trx) => this.apply.in(trx, id, null))
  }
}
