import { inject } from '@adonisjs/core'
import { BreakSettlements } from '#payments/breaks/break_settlements'
import Invoice from '#payments/models/invoice'
import PaymentBreak from '#payments/models/payment_break'
import { PaymentProviders } from '#payments/providers/payment_providers'
import type { Resolution } from '#payments/values'
import { previewOf, PREVIEW_ACTOR } from '#admin/shared/ledger_preview'
import type { EntryView } from '#admin/shared/transfers'
import { refusalText } from '#admin/shared/words'

export interface SettlementChoice {
  resolution: Exclude<Resolution, 'paid'>
  /** What it would do to the ledger; null while it is not known, because something must be told first. */
  entries: EntryView[] | null
  /** Why it is not possible. */
  refusal: string | null
  needsCustomer: boolean
  needsAddress: boolean
}

const RESOLUTIONS = ['credit_received', 'honour', 'refund', 'dismiss'] as const

/** Refusals that a field of the form answers. */
const ANSWERED = ['customer_required', 'address_required']

/** The ways to settle an open break, the suggested one first, each with what it would do. */
@inject()
export class SettlementChoices {
  constructor(
    private settlements: BreakSettlements,
    private providers: PaymentProviders
  ) {}

  async of({ id, provider, suggestion, customerId }: PaymentBreak): Promise<SettlementChoice[]> {
    const choices: SettlementChoice[] = []
    for (const resolution of RESOLUTIONS) {
      const preview = await this.#preview(id, resolution)
      const isAnswered = !preview.ok && ANSWERED.includes(preview.refusal.code)
      choices.push({
        resolution,
        entries: preview.ok ? preview.value : null,
        refusal: preview.ok || isAnswered ? null : refusalText(preview.refusal),
        needsCustomer: resolution === 'credit_received' && customerId === null,
        needsAddress: resolution === 'refund' && Boolean(this.providers.find(provider)?.refunds?.needsAddress),
      })
    }
    return choices.sort((one, other) => Number(other.resolution === suggestion) - Number(one.resolution === suggestion))
  }

  #preview(breakId: number, resolution: (typeof RESOLUTIONS)[number]) {
    return previewOf(async (trx) => {
      const payment = await PaymentBreak.findOrFail(breakId, { client: trx })
      const invoice = payment.invoiceId === null ? null : await Invoice.find(payment.invoiceId, { client: trx })
      return this.settlements.carryOut(trx, { payment, invoice, resolution, reason: 'preview', actor: PREVIEW_ACTOR })
    })
  }
}
