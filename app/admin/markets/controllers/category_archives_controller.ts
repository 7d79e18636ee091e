import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ArchiveCategory } from '#markets/actions/archive_category'
import { RestoreCategory } from '#markets/actions/restore_category'
import MarketCategory from '#markets/models/market_category'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Whether a category is offered. */
@inject()
export default class CategoryArchivesController {
  constructor(
    private archiveCategory: ArchiveCategory,
    private restoreCategory: RestoreCategory
  ) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.edit')
    const { id } = await MarketCategory.findOrFail(ctx.params.id)
    const result = await this.archiveCategory.handle({ categoryId: id, actor: ctx.actor })
    flashResult(ctx, result, panelText('markets.categories.archived'))
    return ctx.response.redirect().toPath('/admin/markets/categories')
  }

  async destroy(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.edit')
    const { id } = await MarketCategory.findOrFail(ctx.params.id)
    const result = await this.restoreCategory.handle({ categoryId: id, actor: ctx.actor })
    flashResult(ctx, result, panelText('markets.categories.restored'))
    return ctx.response.redirect().toPath('/admin/markets/categories')
  }
}
