import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { toJson } from '#core/database/columns'
import type { Trx } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import { Ledger } from '#ledger/ledger'
import PaymentBreak from '#payments/models/payment_break'
import { clearing, suspense } from '#payments/money/postings'
import { required } from '#payments/required'
import type { BreakKind, ProviderName, Resolution } from '#payments/values'

export interface BreakInput {
  kind: BreakKind
  provider: ProviderName
  /** The same payment is one break. */
  fingerprint: string
  invoiceId?: number | null
  customerId?: number | null
  webhookEventId?: number | null
  /** What came and fits nowhere; null when it is no currency of ours. */
  amount: Money | null
  /** It has come: it is parked in the suspense account. */
  isParked?: boolean
  suggestion: Resolution
  detail?: Record<string, string | number>
}

/** Writes payments that don't fit into the reconciliation inbox, and parks their money where no total forgets it. */
@inject()
export class BreakBook {
  constructor(
    private clock: Clock,
    private ledger: Ledger,
    private alerts: Alerts
  ) {}

  /** False when this payment lies there already. */
  async open(trx: Trx, input: BreakInput): Promise<boolean> {
    const now = this.clock.now()
    const row = {
      kind: input.kind,
      status: 'open',
      provider: input.provider,
      fingerprint: input.fingerprint.slice(0, 160),
      invoice_id: input.invoiceId ?? null,
      customer_id: input.customerId ?? null,
      webhook_event_id: input.webhookEventId ?? null,
      currency: input.amount?.currency ?? null,
      amount: input.amount === null ? null : Number(input.amount.minor),
      suggestion: input.suggestion,
      detail: toJson(input.detail),
      created_at: now,
      updated_at: now,
    }
    const written = await trx
      .knexQuery()
      .table('payment_breaks')
      .insert(row)
      .onConflict('fingerprint')
      .ignore()
      .returning('id')
    if (written.length === 0) return false
    const id = Number(written[0].id ?? written[0])
    if (input.amount && !input.amount.isZero && (input.isParked ?? true))
      await this.#park(trx, id, input.provider, input.amount)
    await this.#tell(trx, id, input)
    return true
  }

  /** The rest has come: nothing is left to settle. */
  async closeUnderpaid(trx: Trx, invoiceId: number, transferId: number) {
    const now = this.clock.now()
    const open = await PaymentBreak.query({ client: trx }).where({ invoiceId, kind: 'underpaid', status: 'open' })
    for (const payment of open) {
      const settled = { status: 'settled', resolution: 'paid', transferId, resolvedAt: now, updatedAt: now } as const
      await payment.merge(settled).save()
      trx.after('commit', () => void this.alerts.resolve(alertOf(payment.id)))
    }
  }

  async #park(trx: Trx, id: number, provider: ProviderName, amount: Money) {
    const parked = await this.ledger.transfer(trx, {
      kind: 'suspense',
      key: `payment_break:${id}:parked`,
      postings: [{ from: clearing(provider, amount.currency), to: suspense(amount.currency), amount }],
      reference: { type: 'payment_break', id },
      actor: SYSTEM_ACTOR,
    })
    required(parked)
  }

  async #tell(trx: Trx, id: number, { kind, provider, amount }: BreakInput) {
    await this.alerts.raiseIn(trx, {
      kind: 'payments',
      severity: 'warning',
      fingerprint: alertOf(id),
      title: `A payment by ${provider} does not fit: ${kind.replaceAll('_', ' ')}`,
      details: { amount: amount?.toString() ?? 'unknown', next: 'Settle it in the reconciliation inbox' },
    })
  }
}

/** What admins were told of a break is over when it is settled. */
export const alertOf = (breakId: number) => `payment_break:${breakId}`
