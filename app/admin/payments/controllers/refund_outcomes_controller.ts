import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { SettleRefund } from '#payments/actions/settle_refund'
import Refund from '#payments/models/refund'
import { refundOutcomeValidator } from '#admin/payments/validators/payment_validators'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Somebody has looked at the provider's whether a refund left. */
@inject()
export default class RefundOutcomesController {
  constructor(private settleRefund: SettleRefund) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'payments.refund')
    const refund = await Refund.findOrFail(ctx.params.id)
    const { outcome, reason } = await ctx.request.validateUsing(refundOutcomeValidator)
    const result = await this.settleRefund.handle({ refundId: refund.id, outcome, reason, actor: ctx.actor })
    flashResult(ctx, result, panelText(`payments.refunds.outcome.done.${outcome}`))
    return ctx.response.redirect().toPath(`/admin/payments/${ctx.params.reference}`)
  }
}
