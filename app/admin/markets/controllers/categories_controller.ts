import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { LANGUAGES } from '#customers/languages'
import { CreateCategory } from '#markets/actions/create_category'
import { UpdateCategory } from '#markets/actions/update_category'
import MarketCategory from '#markets/models/market_category'
import { categoryViews } from '#admin/markets/page/category_views'
import { categoryValidator } from '#admin/markets/validators/market_validators'
import { flashFieldRefusal, flashResult } from '#admin/shared/flash_result'
import { panelText, refusalText } from '#admin/shared/words'

const PATH = '/admin/markets/categories'

/** At which field a refusal belongs. */
const FIELDS: Record<string, string> = { emoji_invalid: 'emoji' }

/** What markets are sorted by, in the order of the bot. */
@inject()
export default class CategoriesController {
  constructor(
    private createCategory: CreateCategory,
    private updateCategory: UpdateCategory
  ) {}

  async index({ bouncer, view }: HttpContext) {
    await bouncer.authorize('permission', 'markets.view')
    return view.render('admin/markets/categories/index', { categories: await categoryViews(), languages: LANGUAGES })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.edit')
    const { emoji = '', ...names } = await ctx.request.validateUsing(categoryValidator)
    const result = await this.createCategory.handle({ emoji, names, actor: ctx.actor })
    if (result.ok) ctx.session.flash('success', panelText('markets.categories.created'))
    else flashFieldRefusal(ctx, FIELDS[result.refusal.code] ?? 'en', refusalText(result.refusal))
    return ctx.response.redirect().toPath(PATH)
  }

  async edit({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'markets.edit')
    const category = await MarketCategory.findOrFail(params.id)
    return view.render('admin/markets/categories/edit', { category, languages: LANGUAGES })
  }

  async update(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.edit')
    const { id } = await MarketCategory.findOrFail(ctx.params.id)
    const { emoji = '', ...names } = await ctx.request.validateUsing(categoryValidator)
    const result = await this.updateCategory.handle({ categoryId: id, emoji, names, actor: ctx.actor })
    if (flashResult(ctx, result, panelText('markets.categories.saved'))) return ctx.response.redirect().toPath(PATH)
    if (!result.ok) flashFieldRefusal(ctx, FIELDS[result.refusal.code] ?? 'en', refusalText(result.refusal))
    return ctx.response.redirect().toPath(`${PATH}/${id}/edit`)
  }
}
