import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ReverseSettlement } from '#markets/actions/reverse_settlement'
import Market from '#markets/models/market'
import { answerDecision } from '#admin/markets/form/flash_decision'
import { DecisionPages } from '#admin/markets/page/decision_pages'
import { decisionValidator } from '#admin/markets/validators/settlement_validators'

/** An admin takes back a settlement that was wrong, after seeing who owes what then. */
@inject()
export default class ReversalsController {
  constructor(
    private pages: DecisionPages,
    private reverseSettlement: ReverseSettlement
  ) {}

  async create(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.resolve')
    const market = await Market.findByOrFail('reference', ctx.params.reference)
    if (await this.pages.refusesReversal(ctx, market)) return
    return ctx.view.render('admin/markets/reverse', await this.pages.reversal(market))
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.resolve')
    const { id, reference } = await Market.findByOrFail('reference', ctx.params.reference)
    const { expected, note = null } = await ctx.request.validateUsing(decisionValidator)
    const decided = await this.reverseSettlement.handle({ marketId: id, expected, note, actor: ctx.actor })
    return answerDecision(ctx, decided, reference, 'reversal/create')
  }
}
