import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import PaymentBreak from '#payments/models/payment_break'
import { BREAK_KINDS, PROVIDER_NAMES } from '#payments/values'
import { breaksList, CLOSED_FILTERS } from '#admin/reconciliation/breaks_list'
import { BreakPage } from '#admin/reconciliation/break_page'
import { renderList } from '#admin/shared/render_list'

/** The inbox of what does not fit between providers, customers and the ledger. */
@inject()
export default class BreaksController {
  constructor(
    private clock: Clock,
    private page: BreakPage
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'payments.view')
    const status = CLOSED_FILTERS.find((known) => known === ctx.request.input('status'))
    const list = breaksList(ctx.auth.getUserOrFail().timeZone, { openOnly: status === undefined })
    return renderList(ctx, list, 'admin/reconciliation/index', this.clock.now(), {
      ...{ status, statuses: CLOSED_FILTERS, kinds: BREAK_KINDS, providers: PROVIDER_NAMES },
      summary: await this.page.summary(),
    })
  }

  async show({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'payments.view')
    const item = await PaymentBreak.findOrFail(params.id)
    return view.render('admin/reconciliation/show', await this.page.of(item))
  }
}
