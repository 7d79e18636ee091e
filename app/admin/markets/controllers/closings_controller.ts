import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { CloseMarket } from '#markets/actions/close_market'
import Market from '#markets/models/market'
import { closingValidator } from '#admin/markets/validators/settlement_validators'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** An admin stops a market before its end: no bets from now on. */
@inject()
export default class ClosingsController {
  constructor(private closeMarket: CloseMarket) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.edit')
    const { id, reference } = await Market.findByOrFail('reference', ctx.params.reference)
    const { reason = '' } = await ctx.request.validateUsing(closingValidator)
    const result = await this.closeMarket.handle({ marketId: id, reason, actor: ctx.actor })
    flashResult(ctx, result, panelText('markets.close.done'))
    return ctx.response.redirect().toPath(`/admin/markets/${reference}`)
  }
}
