import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { CURRENCY_NAMES, invoicesList, PROVIDER_FILTERS, STATUS_FILTERS } from '#admin/payments/lists/invoices_list'
import { InvoiceDetail } from '#admin/payments/page/invoice_detail'
import { invoiceEvents } from '#admin/payments/page/invoice_events'
import { invoiceSteps } from '#admin/payments/page/invoice_steps'
import { PURPOSES } from '#admin/payments/page/purposes'
import { subjectOf } from '#admin/payments/page/subject'
import { renderList } from '#admin/shared/render_list'

@inject()
export default class InvoicesController {
  constructor(
    private clock: Clock,
    private detail: InvoiceDetail
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'payments.view')
    const list = invoicesList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/payments/index', this.clock.now(), {
      statuses: STATUS_FILTERS,
      providers: PROVIDER_FILTERS,
      purposes: PURPOSES,
      currencies: CURRENCY_NAMES,
    })
  }

  async show({ auth, bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'payments.view')
    const detail = await this.detail.of(params.reference)
    return view.render('admin/payments/show', {
      ...detail,
      subject: await subjectOf(detail.invoice),
      steps: invoiceSteps(detail.invoice, auth.getUserOrFail().timeZone),
      timeline: invoiceEvents(detail),
    })
  }
}
