import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ClearManualRate } from '#payments/actions/clear_manual_rate'
import { MOST_HOURS, SetManualRate } from '#payments/actions/set_manual_rate'
import { CURRENCY_NAMES } from '#admin/payments/lists/invoices_list'
import { pairValidator, rateValidator } from '#admin/payments/validators/payment_validators'
import { flashFieldRefusal, flashResult } from '#admin/shared/flash_result'
import { panelText, refusalText } from '#admin/shared/words'

/** At which field a refusal belongs. */
const FIELDS: Record<string, string> = { rate_same_currency: 'quote', rate_hours: 'hours', rate_invalid: 'rate' }

/** Exchange rates set by hand, for a while. */
@inject()
export default class RatesController {
  constructor(
    private setManualRate: SetManualRate,
    private clearManualRate: ClearManualRate
  ) {}

  async create({ bouncer, request, view }: HttpContext) {
    await bouncer.authorize('permission', 'payments.settle')
    const { base, quote } = request.qs()
    return view.render('admin/payments/rates/create', {
      base,
      quote,
      currencies: CURRENCY_NAMES,
      mostHours: MOST_HOURS,
    })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'payments.settle')
    const input = await ctx.request.validateUsing(rateValidator)
    const result = await this.setManualRate.handle({ ...input, actor: ctx.actor })
    if (!result.ok) {
      flashFieldRefusal(ctx, FIELDS[result.refusal.code] ?? 'rate', refusalText(result.refusal))
      return ctx.response.redirect().back()
    }
    ctx.session.flash('success', panelText('payments.rates.done'))
    return ctx.response.redirect().toPath('/admin/payments/providers#rates')
  }

  async destroy(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'payments.settle')
    const pair = await ctx.request.validateUsing(pairValidator)
    flashResult(
      ctx,
      await this.clearManualRate.handle({ ...pair, actor: ctx.actor }),
      panelText('payments.rates.cleared')
    )
    return ctx.response.redirect().toPath('/admin/payments/providers#rates')
  }
}
