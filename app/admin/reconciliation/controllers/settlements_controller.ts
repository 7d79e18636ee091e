import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { SettleBreak } from '#payments/actions/settle_break'
import PaymentBreak from '#payments/models/payment_break'
import { settlementValidator } from '#admin/reconciliation/settlement_validator'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** A person says what becomes of a payment that did not fit. */
@inject()
export default class SettlementsController {
  constructor(private settleBreak: SettleBreak) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'payments.settle')
    const { id } = await PaymentBreak.findOrFail(ctx.params.id)
    const input = await ctx.request.validateUsing(settlementValidator)
    const result = await this.settleBreak.handle({ ...input, breakId: id, actor: ctx.actor })
    const isDone = flashResult(ctx, result, panelText(`reconciliation.resolutions.${input.resolution}.flash`))
    return ctx.response.redirect().toPath(isDone ? '/admin/reconciliation' : `/admin/reconciliation/${id}`)
  }
}
