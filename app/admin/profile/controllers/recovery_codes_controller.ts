import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { RegenerateRecoveryCodes } from '#staff/actions/regenerate_recovery_codes'
import { passwordValidator } from '#admin/profile/validators/profile'
import { flashedSecret, flashSecret } from '#admin/shared/one_time_flash'
import { refusalText } from '#admin/shared/words'

const PAGE = '/admin/profile/two-factor'

@inject()
export default class RecoveryCodesController {
  constructor(private regenerateRecoveryCodes: RegenerateRecoveryCodes) {}

  /** Fresh codes, the only time they can be read: a reload leads back. */
  show(ctx: HttpContext) {
    const codes = flashedSecret<string[]>(ctx, 'recovery_codes')
    if (!codes) return ctx.response.redirect().toPath(PAGE)
    return ctx.view.render('admin/profile/recovery_codes', { codes })
  }

  async store(ctx: HttpContext) {
    const { request, response, session, auth, actor } = ctx
    const { password } = await request.validateUsing(passwordValidator)
    const result = await this.regenerateRecoveryCodes.handle({ adminId: auth.getUserOrFail().id, password, actor })
    if (!result.ok) {
      session.flash('error', refusalText(result.refusal))
      return response.redirect().toPath(PAGE)
    }
    flashSecret(ctx, 'recovery_codes', result.value)
    return response.redirect().toPath(`${PAGE}/recovery-codes`)
  }
}
