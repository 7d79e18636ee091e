import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { PublishMarket } from '#markets/actions/publish_market'
import { UnpublishMarket } from '#markets/actions/unpublish_market'
import Market from '#markets/models/market'
import { revisionValidator } from '#admin/markets/validators/market_validators'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Whether customers see a market. */
@inject()
export default class PublicationsController {
  constructor(
    private publishMarket: PublishMarket,
    private unpublishMarket: UnpublishMarket
  ) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.edit')
    const { id, reference } = await Market.findByOrFail('reference', ctx.params.reference)
    const { revision } = await ctx.request.validateUsing(revisionValidator)
    const result = await this.publishMarket.handle({ marketId: id, revision, actor: ctx.actor })
    flashResult(ctx, result, panelText('markets.publish.done'))
    return ctx.response.redirect().toPath(`/admin/markets/${reference}`)
  }

  async destroy(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.edit')
    const { id, reference } = await Market.findByOrFail('reference', ctx.params.reference)
    const result = await this.unpublishMarket.handle({ marketId: id, actor: ctx.actor })
    flashResult(ctx, result, panelText('markets.unpublish.done'))
    return ctx.response.redirect().toPath(`/admin/markets/${reference}`)
  }
}
