import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { parseMoney } from '#core/money/parse_money'
import { ok } from '#core/result'
import { SchedulePrice } from '#stars/actions/schedule_price'
import StarPackage from '#stars/models/star_package'
import { instantOf } from '#admin/shared/local_time'
import { panelText } from '#admin/shared/words'
import { flashPackageRefusal } from '#admin/stars/page/package_form'
import { priceValidator } from '#admin/stars/validators/package_validators'

/** A new price of a package: from now on, or from a moment to come. */
@inject()
export default class PricesController {
  constructor(private schedulePrice: SchedulePrice) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.packages')
    const { id } = await StarPackage.findOrFail(ctx.params.id)
    const result = await this.#schedule(ctx, id)
    if (!result.ok) flashPackageRefusal(ctx, result.refusal, 'price')
    else ctx.session.flash('success', panelText(`stars.prices.${result.value.isPlanned ? 'planned' : 'set'}`))
    return ctx.response.redirect().toPath(`/admin/stars/packages/${id}#prices`)
  }

  async #schedule({ actor, auth, request }: HttpContext, packageId: number) {
    const { currency, price: text, validFrom: local } = await request.validateUsing(priceValidator)
    const price = text ? parseMoney(text, currency) : ok(null)
    if (!price.ok) return price
    const validFrom = local ? (instantOf(local, auth.getUserOrFail().timeZone) ?? null) : null
    const result = await this.schedulePrice.handle({ packageId, currency, price: price.value, validFrom, actor })
    return result.ok ? ok({ isPlanned: validFrom !== null }) : result
  }
}
