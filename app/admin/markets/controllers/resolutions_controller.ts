import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ResolveMarket } from '#markets/actions/resolve_market'
import Market from '#markets/models/market'
import { OUTCOMES } from '#markets/values'
import { answerDecision } from '#admin/markets/form/flash_decision'
import { DecisionPages } from '#admin/markets/page/decision_pages'
import { resolutionValidator } from '#admin/markets/validators/settlement_validators'

/** An admin says how a market ended, after seeing what that pays and costs. */
@inject()
export default class ResolutionsController {
  constructor(
    private pages: DecisionPages,
    private resolveMarket: ResolveMarket
  ) {}

  async create(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.resolve')
    const market = await Market.findByOrFail('reference', ctx.params.reference)
    if (await this.pages.refusesDecision(ctx, market)) return
    const result = OUTCOMES.find((outcome) => outcome === ctx.request.input('result')) ?? null
    return ctx.view.render('admin/markets/resolve', await this.pages.resolution(market, result))
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.resolve')
    const { id, reference } = await Market.findByOrFail('reference', ctx.params.reference)
    const posted = await ctx.request.validateUsing(resolutionValidator)
    const { result, expected, note = null, evidenceUrl = null } = posted
    const decided = await this.resolveMarket.handle({
      ...{ marketId: id, result, expected, note, evidenceUrl, actor: ctx.actor },
      confirmEarly: posted.confirmEarly !== undefined,
    })
    return answerDecision(ctx, decided, reference, `resolution/create?result=${result}`)
  }
}
