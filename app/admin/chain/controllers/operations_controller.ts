import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { isWaiting } from '#chain/operations/reasons'
import { OPERATION_KINDS } from '#chain/values'
import { operationsList, OPERATION_STATUS_FILTERS } from '#admin/chain/lists/operations_list'
import { operationDetail } from '#admin/chain/page/operation_detail'
import { operationEvents } from '#admin/chain/page/operation_events'
import { operationSteps } from '#admin/chain/page/operation_steps'
import { addressNames } from '#admin/shared/chain_names'
import { renderList } from '#admin/shared/render_list'

@inject()
export default class OperationsController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'chain.view')
    const list = operationsList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/chain/operations/index', this.clock.now(), {
      ...{ kinds: OPERATION_KINDS, statuses: OPERATION_STATUS_FILTERS },
    })
  }

  async show({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'chain.view')
    const detail = await operationDetail(params.reference)
    const { operation } = detail
    return view.render('admin/chain/operations/show', {
      ...detail,
      ...{ named: await addressNames([operation.toKey]), waits: isWaiting(operation.reason) },
      ...{ steps: operationSteps(detail), timeline: operationEvents(detail) },
    })
  }
}
