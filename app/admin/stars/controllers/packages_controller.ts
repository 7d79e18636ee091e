import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { CreatePackage } from '#stars/actions/create_package'
import { UpdatePackage } from '#stars/actions/update_package'
import StarPackage from '#stars/models/star_package'
import { PRICE_CURRENCIES } from '#stars/values'
import { flashPackageRefusal, packageFields, readPrices } from '#admin/stars/page/package_form'
import { PackagePage } from '#admin/stars/page/package_page'
import { PackagesOverview } from '#admin/stars/page/packages_overview'
import { packageUpdateValidator, packageValidator } from '#admin/stars/validators/package_validators'
import { panelText } from '#admin/shared/words'

/** What the shop sells, in the order in which customers see it. */
@inject()
export default class PackagesController {
  constructor(
    private overview: PackagesOverview,
    private page: PackagePage,
    private createPackage: CreatePackage,
    private updatePackage: UpdatePackage
  ) {}

  async index({ bouncer, request, view }: HttpContext) {
    await bouncer.authorize('permission', 'stars.view')
    const archived = request.input('archived') === '1'
    const packages = await this.overview.all({ archived })
    return view.render('admin/stars/index', { packages, archived, currencies: PRICE_CURRENCIES })
  }

  async create({ bouncer, view }: HttpContext) {
    await bouncer.authorize('permission', 'stars.packages')
    return view.render('admin/stars/create', { currencies: PRICE_CURRENCIES })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.packages')
    const posted = await ctx.request.validateUsing(packageValidator)
    const prices = readPrices(ctx, posted)
    if (!prices) return ctx.response.redirect().back()

    const fields = packageFields(posted, ctx.auth.getUserOrFail().timeZone)
    const result = await this.createPackage.handle({ ...fields, prices, actor: ctx.actor })
    if (!result.ok) {
      flashPackageRefusal(ctx, result.refusal, 'TON')
      return ctx.response.redirect().back()
    }
    ctx.session.flash('success', panelText('stars.created'))
    return ctx.response.redirect().toPath(`/admin/stars/packages/${result.value.id}`)
  }

  async show({ auth, bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'stars.view')
    const item = await StarPackage.findOrFail(params.id)
    return view.render('admin/stars/show', await this.page.of(item, auth.getUserOrFail().timeZone))
  }

  async update(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.packages')
    const { id } = await StarPackage.findOrFail(ctx.params.id)
    const { revision, ...posted } = await ctx.request.validateUsing(packageUpdateValidator)
    const fields = packageFields(posted, ctx.auth.getUserOrFail().timeZone)
    const result = await this.updatePackage.handle({ packageId: id, revision, ...fields, actor: ctx.actor })
    if (result.ok) ctx.session.flash('success', panelText('stars.saved'))
    else flashPackageRefusal(ctx, result.refusal)
    return ctx.response.redirect().toPath(`/admin/stars/packages/${id}`)
  }
}
