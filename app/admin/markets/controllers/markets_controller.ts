import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { CreateMarket } from '#markets/actions/create_market'
import { DeleteMarket } from '#markets/actions/delete_market'
import { UpdateMarket } from '#markets/actions/update_market'
import Market from '#markets/models/market'
import { MARKET_STATUSES, PRICING_MODES } from '#markets/values'
import { flashMarketRefusal } from '#admin/markets/form/flash_market'
import { MarketForm } from '#admin/markets/form/market_form'
import { marketsList } from '#admin/markets/lists/markets_list'
import { optionOf } from '#admin/markets/page/categories'
import { MarketEditor } from '#admin/markets/page/market_editor'
import { MarketListContexts } from '#admin/markets/page/market_list_context'
import { MarketPage } from '#admin/markets/page/market_page'
import { marketUpdateValidator, marketValidator } from '#admin/markets/validators/market_validators'
import { flashResult } from '#admin/shared/flash_result'
import { renderList } from '#admin/shared/render_list'
import { panelText } from '#admin/shared/words'

const PATH = '/admin/markets'

@inject()
export default class MarketsController {
  constructor(
    private clock: Clock,
    private contexts: MarketListContexts,
    private editor: MarketEditor,
    private form: MarketForm,
    private page: MarketPage,
    private createMarket: CreateMarket,
    private updateMarket: UpdateMarket,
    private deleteMarket: DeleteMarket
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.view')
    const context = await this.contexts.of(ctx)
    return renderList(ctx, marketsList(context), 'admin/markets/index', this.clock.now(), {
      ...{ statuses: MARKET_STATUSES, pricings: PRICING_MODES, categories: context.categories.map(optionOf) },
    })
  }

  async create({ auth, bouncer, view }: HttpContext) {
    await bouncer.authorize('permission', 'markets.edit')
    return view.render('admin/markets/create', await this.editor.of(null, auth.getUserOrFail().timeZone))
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.edit')
    const read = await this.form.read(ctx, await ctx.request.validateUsing(marketValidator))
    const result = read.ok ? await this.createMarket.handle({ ...read.value, actor: ctx.actor }) : read
    if (!result.ok) {
      flashMarketRefusal(ctx, result.refusal)
      return ctx.response.redirect().toPath(`${PATH}/create`)
    }
    ctx.session.flash('success', panelText('markets.created'))
    return ctx.response.redirect().toPath(`${PATH}/${result.value.reference}`)
  }

  async show(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.view')
    const market = await Market.findByOrFail('reference', ctx.params.reference)
    return ctx.view.render('admin/markets/show', await this.page.of(market, ctx.auth.getUserOrFail().timeZone))
  }

  async edit({ auth, bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'markets.edit')
    const market = await Market.findByOrFail('reference', params.reference)
    return view.render('admin/markets/edit', await this.editor.of(market, auth.getUserOrFail().timeZone))
  }

  async update(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.edit')
    const { id, reference } = await Market.findByOrFail('reference', ctx.params.reference)
    const { revision, ...posted } = await ctx.request.validateUsing(marketUpdateValidator)
    const read = await this.form.read(ctx, posted)
    const input = { marketId: id, revision, actor: ctx.actor }
    const result = read.ok ? await this.updateMarket.handle({ ...read.value, ...input }) : read
    if (!result.ok) {
      flashMarketRefusal(ctx, result.refusal)
      return ctx.response.redirect().toPath(`${PATH}/${reference}/edit`)
    }
    ctx.session.flash('success', panelText('markets.saved'))
    return ctx.response.redirect().toPath(`${PATH}/${reference}`)
  }

  async destroy(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.edit')
    const { id, reference } = await Market.findByOrFail('reference', ctx.params.reference)
    const result = await this.deleteMarket.handle({ marketId: id, actor: ctx.actor })
    const isDone = flashResult(ctx, result, panelText('markets.deleted'))
    return ctx.response.redirect().toPath(isDone ? PATH : `${PATH}/${reference}`)
  }
}
