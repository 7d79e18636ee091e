import { inject } from '@adonisjs/core'
import { ok, refuse } from '#core/result'
import type { Trx } from '#core/database/transaction'
import { RefundToBalance } from '#payments/actions/refund_to_balance'
import Invoice from '#payments/models/invoice'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { PurposeHandlers } from '#payments/purposes'
import { refundsOf } from '#payments/refunds/refunds_of'
import { RefundBook } from '#payments/refunds/refund_book'
import { REFUND_WAYS, type RefundWay } from '#payments/values'
import { previewOf, PREVIEW_ACTOR } from '#admin/shared/ledger_preview'
import type { EntryView } from '#admin/shared/transfers'
import { refusalText } from '#admin/shared/words'

export interface RefundChoice {
  way: RefundWay
  entries: EntryView[]
  /** Why it is not possible. */
  refusal: string | null
  needsAddress: boolean
}

const PREVIEW = { reason: 'preview', actor: PREVIEW_ACTOR }

/** The ways to give a payment back, each with what it would do to the ledger. */
@inject()
export class RefundChoices {
  constructor(
    private purposes: PurposeHandlers,
    private providers: PaymentProviders,
    private toBalance: RefundToBalance,
    private book: RefundBook
  ) {}

  async of({ id, provider }: Invoice): Promise<RefundChoice[]> {
    const choices: RefundChoice[] = []
    for (const way of REFUND_WAYS) {
      const preview = await previewOf((trx) => this.#refund(trx, id, way))
      choices.push({
        way,
        entries: preview.ok ? preview.value : [],
        refusal: preview.ok ? null : refusalText(preview.refusal),
        needsAddress: way === 'provider' && Boolean(this.providers.find(provider)?.refunds?.needsAddress),
      })
    }
    return choices
  }

  async #refund(trx: Trx, invoiceId: number, way: RefundWay) {
    const invoice = await Invoice.findOrFail(invoiceId, { client: trx })
    if (!invoice.isHonoured) return refuse('invoice_not_refundable')
    const may = (await this.purposes.of(invoice.purpose).mayRefund?.(trx, invoice)) ?? ok()
    if (!may.ok) return may
    if (way === 'balance') return this.toBalance.in(trx, { invoiceId, isSilent: true, ...PREVIEW })
    if (!refundsOf(this.providers, invoice)) return refuse('refund_not_supported')
    return this.book.open(trx, { invoice, breakId: null, amount: invoice.kept, address: null, ...PREVIEW })
  }
}
