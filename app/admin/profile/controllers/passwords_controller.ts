import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ChangePassword } from '#staff/actions/change_password'
import { ADMIN_SESSION_KEY } from '#admin/middleware/auth_middleware'
import { panelText, refusalText } from '#admin/shared/words'
import { flashFieldRefusal } from '#admin/shared/flash_result'
import { newPasswordValidator } from '#admin/profile/validators/profile'

const OF_THE_CURRENT_PASSWORD = ['password_wrong', 'password_blocked']

@inject()
export default class PasswordsController {
  constructor(private changePassword: ChangePassword) {}

  edit({ view }: HttpContext) {
    return view.render('admin/profile/password')
  }

  async update(ctx: HttpContext) {
    const { request, response, session, auth, actor } = ctx
    const input = await request.validateUsing(newPasswordValidator)
    const result = await this.changePassword.handle({
      adminId: auth.getUserOrFail().id,
      current: input.current_password,
      next: input.new_password,
      sessionId: Number(session.get(ADMIN_SESSION_KEY)),
      actor,
    })
    if (!result.ok) {
      const field = OF_THE_CURRENT_PASSWORD.includes(result.refusal.code) ? 'current_password' : 'new_password'
      flashFieldRefusal(ctx, field, refusalText(result.refusal))
      return response.redirect().toPath('/admin/profile/password')
    }
    session.regenerate()
    session.flash('success', panelText('profile.password.changed', { sessions: result.value.sessions }))
    return response.redirect().toPath('/admin/profile')
  }
}
