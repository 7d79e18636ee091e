import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { CancelInvoice } from '#payments/actions/cancel_invoice'
import Invoice from '#payments/models/invoice'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

@inject()
export default class CancellationsController {
  constructor(private cancelInvoice: CancelInvoice) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'payments.manage')
    const { id, reference } = await Invoice.findByOrFail('reference', ctx.params.reference)
    const result = await this.cancelInvoice.handle({ invoiceId: id, actor: ctx.actor })
    flashResult(ctx, result, panelText('payments.cancellations.done'))
    return ctx.response.redirect().toPath(`/admin/payments/${reference}`)
  }
}
