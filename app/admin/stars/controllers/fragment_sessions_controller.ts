import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ChangeFragmentSession } from '#stars/actions/change_fragment_session'
import { fragmentSessionValidator } from '#admin/stars/validators/fragment_validators'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Cookies of the account that buys: stored encrypted, never shown again. */
@inject()
export default class FragmentSessionsController {
  constructor(private changeFragmentSession: ChangeFragmentSession) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.provider')
    const { copied_cookies: cookies } = await ctx.request.validateUsing(fragmentSessionValidator)
    const result = await this.changeFragmentSession.handle({ cookies, actor: ctx.actor })
    flashResult(ctx, result, panelText('stars.fragment.session.changed'))
    return ctx.response.redirect().toPath('/admin/stars/fragment')
  }
}
