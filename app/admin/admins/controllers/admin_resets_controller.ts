import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ResetTwoFactor } from '#staff/actions/reset_two_factor'
import { ResetAdminPassword } from '#staff/actions/reset_admin_password'
import { RevokeOtherSessions } from '#staff/actions/revoke_other_sessions'
import { flashResult } from '#admin/shared/flash_result'
import { flashSecret } from '#admin/shared/one_time_flash'
import { panelText } from '#admin/shared/words'

/** What an owner does for an admin who lost a password, a phone or a device. */
@inject()
export default class AdminResetsController {
  constructor(
    private resetPassword: ResetAdminPassword,
    private resetTwoFactor: ResetTwoFactor,
    private revokeSessions: RevokeOtherSessions
  ) {}

  async password(ctx: HttpContext) {
    const { actor, bouncer, params, response } = ctx
    await bouncer.authorize('permission', 'admins.manage')
    const result = await this.resetPassword.handle({ adminId: params.id, actor })
    flashResult(ctx, result, panelText('admins.password_done'))
    if (result.ok) flashSecret(ctx, 'generated_password', result.value.generatedPassword)
    return response.redirect().toPath(`/admin/admins/${params.id}`)
  }

  async twoFactor(ctx: HttpContext) {
    const { actor, bouncer, params, response } = ctx
    await bouncer.authorize('permission', 'admins.manage')
    const result = await this.resetTwoFactor.handle({ adminId: params.id, actor })
    flashResult(ctx, result, panelText('admins.two_factor_done'))
    return response.redirect().toPath(`/admin/admins/${params.id}`)
  }

  async sessions({ actor, bouncer, params, response, session }: HttpContext) {
    await bouncer.authorize('permission', 'admins.manage')
    const sessions = await this.revokeSessions.handle({ adminId: params.id, keep: null, actor })
    session.flash('success', panelText('sessions.others_ended', { sessions }))
    return response.redirect().toPath(`/admin/admins/${params.id}`)
  }
}
