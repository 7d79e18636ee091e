import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { AskProvider } from '#payments/actions/ask_provider'
import Invoice from '#payments/models/invoice'
import PaymentBreak from '#payments/models/payment_break'
import { ReadStarTransactions } from '#payments/stars/read_star_transactions'

const DAY_MS = 86_400_000

export interface Difference {
  subject: string
  /** What was found, and what was done about it. */
  finding: string
}

/** Compares invoices, providers and ledger over some days; what a provider knows better takes effect as it is found. */
@inject()
export class Reconcile {
  constructor(
    private clock: Clock,
    private ask: AskProvider,
    private stars: ReadStarTransactions
  ) {}

  async *run(days: number): AsyncGenerator<Difference> {
    const since = this.clock.now() - days * DAY_MS
    const credited = await this.stars.handle({ fromStart: true })
    if (credited > 0)
      yield { subject: 'telegram_stars', finding: `${credited} payments were missing and have been recorded` }
    yield* this.#askAgain(since)
    yield* this.#withoutTransfer(since)
    for (const { id, kind, provider } of await PaymentBreak.query().where('status', 'open').orderBy('id')) {
      yield { subject: `payment ${id}`, finding: `${kind} by ${provider} waits in the reconciliation inbox` }
    }
  }

  /** Everything that was not paid as far as we know. */
  async *#askAgain(since: number): AsyncGenerator<Difference> {
    const unpaid = await Invoice.query()
      .whereIn('status', ['created', 'pending', 'underpaid', 'expired', 'cancelled', 'failed'])
      .whereNot('provider', 'balance')
      .where('created_at', '>=', since)
      .orderBy('id')
    for (const { id, reference, status } of unpaid) {
      try {
        const effect = await this.ask.handle(id)
        if (effect === 'credited' || effect === 'break')
          yield { subject: `invoice ${reference}`, finding: `was ${status}: ${effect} now` }
      } catch (error) {
        yield { subject: `invoice ${reference}`, finding: `the provider gave no answer: ${(error as Error).message}` }
      }
    }
  }

  async *#withoutTransfer(since: number): AsyncGenerator<Difference> {
    const rows = await db
      .from('invoices')
      .leftJoin('ledger_transfers', 'ledger_transfers.id', 'invoices.transfer_id')
      .whereIn('invoices.status', ['paid', 'overpaid'])
      .where('invoices.created_at', '>=', since)
      .whereNull('ledger_transfers.id')
      .select('invoices.reference')
    for (const { reference } of rows) {
      yield { subject: `invoice ${reference}`, finding: 'is paid and has no transfer in the ledger' }
    }
  }
}
