import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { withdrawalDetail, withdrawalSteps } from '#admin/withdrawals/withdrawal_page'
import { withdrawalsList, WITHDRAWAL_STATUS_FILTERS } from '#admin/withdrawals/withdrawals_list'
import { renderList } from '#admin/shared/render_list'

/** What customers take out of their wallets; larger ones are decided on the page of approvals. */
@inject()
export default class WithdrawalsController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'chain.view')
    const list = withdrawalsList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/withdrawals/index', this.clock.now(), { statuses: WITHDRAWAL_STATUS_FILTERS })
  }

  async show({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'chain.view')
    const detail = await withdrawalDetail(params.reference)
    return view.render('admin/withdrawals/show', { ...detail, steps: withdrawalSteps(detail) })
  }
}
