import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ReorderCategories } from '#markets/actions/reorder_categories'
import MarketCategory from '#markets/models/market_category'
import { moveValidator } from '#admin/markets/validators/market_validators'
import { flashResult } from '#admin/shared/flash_result'
import { moved } from '#admin/shared/moved'
import { panelText } from '#admin/shared/words'

/** Moves a category one place up or down in the bot. */
@inject()
export default class CategoryMovesController {
  constructor(private reorderCategories: ReorderCategories) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.edit')
    const { id } = await MarketCategory.findOrFail(ctx.params.id)
    const { direction } = await ctx.request.validateUsing(moveValidator)
    const categories = await MarketCategory.query().whereNull('archivedAt').orderBy('position').orderBy('id')
    const order = categories.map((category) => category.id)
    const result = await this.reorderCategories.handle({ ids: moved(order, id, direction), actor: ctx.actor })
    flashResult(ctx, result, panelText('markets.categories.moved'))
    return ctx.response.redirect().toPath('/admin/markets/categories')
  }
}
