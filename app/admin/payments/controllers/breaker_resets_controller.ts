import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ResetBreaker } from '#payments/actions/reset_breaker'
import { providerParam } from '#admin/payments/validators/payment_validators'
import { flashResult } from '#admin/shared/flash_result'
import { panelText, providerText } from '#admin/shared/words'

/** Lets all processes ask a provider again at once. */
@inject()
export default class BreakerResetsController {
  constructor(private resetBreaker: ResetBreaker) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'payments.manage')
    const provider = providerParam(ctx.params.provider)
    const result = await this.resetBreaker.handle({ provider, actor: ctx.actor })
    flashResult(ctx, result, panelText('payments.providers.reset_done', { name: providerText(provider) }))
    return ctx.response.redirect().toPath('/admin/payments/providers')
  }
}
