import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import Invoice from '#payments/models/invoice'
import { InvoiceDetailQuery } from '#payments/queries/invoice_detail_query'
import { PROVIDER_NAMES } from '#payments/values'
import { CURRENCY_NAMES, invoicesList, STATUS_FILTERS } from '#admin/payments/lists/invoices_list'
import { invoiceEvents } from '#admin/payments/page/invoice_events'
import { invoiceSteps } from '#admin/payments/page/invoice_steps'
import { PURPOSES } from '#admin/payments/page/purposes'
import { subjectOf } from '#admin/payments/page/subject'
import { transfersOf } from '#admin/shared/transfers'
import { renderList } from '#admin/shared/render_list'

@inject()
export default class InvoicesController {
  constructor(
    private clock: Clock,
    private detail: InvoiceDetailQuery
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'payments.view')
    const list = invoicesList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/payments/index', this.clock.now(), {
      statuses: STATUS_FILTERS,
      providers: PROVIDER_NAMES,
      purposes: PURPOSES,
      currencies: CURRENCY_NAMES,
    })
  }

  async show({ auth, bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'payments.view')
    const { id } = await Invoice.findByOrFail('reference', params.reference)
    const detail = await this.detail.run(id)
    const { invoice, breaks, refunds } = detail
    const transferIds = [invoice, ...breaks, ...refunds].map(({ transferId }) => transferId)
    return view.render('admin/payments/show', {
      ...detail,
      subject: await subjectOf(invoice),
      steps: invoiceSteps(invoice, auth.getUserOrFail().timeZone),
      timeline: invoiceEvents(detail),
      transfers: await transfersOf({ type: 'invoice', ids: [invoice.id, invoice.reference] }, transferIds),
    })
  }
}
