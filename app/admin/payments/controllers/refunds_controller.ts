import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { RefundInvoice } from '#payments/actions/refund_invoice'
import Invoice from '#payments/models/invoice'
import { refundValidator } from '#admin/payments/validators/payment_validators'
import { RefundChoices } from '#admin/payments/page/refund_choices'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Gives a payment back: what that does to the ledger is shown first. */
@inject()
export default class RefundsController {
  constructor(
    private choices: RefundChoices,
    private refundInvoice: RefundInvoice
  ) {}

  async create({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'payments.refund')
    const invoice = await Invoice.query().where('reference', params.reference).preload('customer').firstOrFail()
    return view.render('admin/payments/refunds/create', { invoice, choices: await this.choices.of(invoice) })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'payments.refund')
    const { id, reference } = await Invoice.findByOrFail('reference', ctx.params.reference)
    const input = await ctx.request.validateUsing(refundValidator)
    const result = await this.refundInvoice.handle({ ...input, invoiceId: id, actor: ctx.actor })
    const isDone = flashResult(ctx, result, panelText('payments.refunds.done'))
    const path = `/admin/payments/${reference}`
    return ctx.response.redirect().toPath(isDone ? path : `${path}/refunds/create`)
  }
}
