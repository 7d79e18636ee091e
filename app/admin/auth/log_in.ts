import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type Admin from '#staff/models/admin'
import { ADMIN_SESSION_KEY } from '#admin/middleware/auth_middleware'
import { OpenAdminSession } from '#staff/actions/open_admin_session'

/** The last step of every login: a fresh session id, listed among the admin's sessions. */
@inject()
export class LogIn {
  constructor(private openSession: OpenAdminSession) {}

  async handle({ auth, request, session }: HttpContext, admin: Admin) {
    const { id } = await this.openSession.handle(admin, {
      ip: request.ip(),
      userAgent: request.header('user-agent') ?? '',
      requestId: request.id(),
    })
    await auth.use('web').login(admin)
    session.put(ADMIN_SESSION_KEY, id)
  }
}
