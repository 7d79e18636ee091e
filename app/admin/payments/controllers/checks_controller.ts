import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { CheckInvoice } from '#payments/actions/check_invoice'
import Invoice from '#payments/models/invoice'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Asks the provider now instead of waiting for its webhook or the poller. */
@inject()
export default class ChecksController {
  constructor(private checkInvoice: CheckInvoice) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'payments.manage')
    const invoice = await Invoice.findByOrFail('reference', ctx.params.reference)
    const result = await this.checkInvoice.handle({ invoiceId: invoice.id, actor: ctx.actor })
    const status = result.ok ? result.value.status : invoice.status
    flashResult(ctx, result, panelText('payments.checks.done', { status: panelText(`payments.statuses.${status}`) }))
    return ctx.response.redirect().toPath(`/admin/payments/${invoice.reference}`)
  }
}
