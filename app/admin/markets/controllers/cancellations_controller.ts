import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { CancelMarket } from '#markets/actions/cancel_market'
import Market from '#markets/models/market'
import { answerDecision } from '#admin/markets/form/flash_decision'
import { DecisionPages } from '#admin/markets/page/decision_pages'
import { decisionValidator } from '#admin/markets/validators/settlement_validators'

/** An admin ends a market without a result: everybody gets their stake back. */
@inject()
export default class CancellationsController {
  constructor(
    private pages: DecisionPages,
    private cancelMarket: CancelMarket
  ) {}

  async create(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.resolve')
    const market = await Market.findByOrFail('reference', ctx.params.reference)
    if (await this.pages.refusesDecision(ctx, market)) return
    return ctx.view.render('admin/markets/cancel', await this.pages.cancellation(market))
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.resolve')
    const { id, reference } = await Market.findByOrFail('reference', ctx.params.reference)
    const { expected, note = null } = await ctx.request.validateUsing(decisionValidator)
    const decided = await this.cancelMarket.handle({ marketId: id, expected, note, actor: ctx.actor })
    return answerDecision(ctx, decided, reference, 'cancellation/create')
  }
}
