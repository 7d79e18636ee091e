import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { panelText } from '#admin/shared/words'
import { ADMIN_SESSION_KEY } from '#admin/middleware/auth_middleware'
import { CloseAdminSession } from '#staff/actions/close_admin_session'

@inject()
export default class LogoutController {
  constructor(private closeSession: CloseAdminSession) {}

  async store({ auth, response, session }: HttpContext) {
    const admin = auth.getUserOrFail()
    await this.closeSession.handle({ adminId: admin.id, sessionId: Number(session.get(ADMIN_SESSION_KEY)) })
    await auth.use('web').logout()
    session.clear()
    session.regenerate()
    session.flash('info', panelText('auth.logout.done'))
    return response.redirect().toPath('/admin/login')
  }
}
