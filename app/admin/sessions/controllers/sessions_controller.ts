import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { AdminSessionsQuery } from '#staff/queries/admin_sessions_query'
import { RevokeAdminSession } from '#staff/actions/revoke_admin_session'
import { RevokeOtherSessions } from '#staff/actions/revoke_other_sessions'
import { ADMIN_SESSION_KEY } from '#admin/middleware/auth_middleware'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Where an admin is logged in. */
@inject()
export default class SessionsController {
  constructor(
    private sessionsQuery: AdminSessionsQuery,
    private revokeSession: RevokeAdminSession,
    private revokeOtherSessions: RevokeOtherSessions
  ) {}

  async index({ auth, session, view }: HttpContext) {
    const sessions = await this.sessionsQuery.handle(auth.getUserOrFail().id)
    return view.render('admin/sessions/index', { sessions, current: Number(session.get(ADMIN_SESSION_KEY)) })
  }

  async destroy(ctx: HttpContext) {
    const { auth, actor, params, response } = ctx
    const result = await this.revokeSession.handle({ adminId: auth.getUserOrFail().id, sessionId: params.id, actor })
    flashResult(ctx, result, panelText('sessions.ended'))
    return response.redirect().toPath('/admin/sessions')
  }

  async destroyOthers({ auth, actor, response, session }: HttpContext) {
    const keep = Number(session.get(ADMIN_SESSION_KEY))
    const sessions = await this.revokeOtherSessions.handle({ adminId: auth.getUserOrFail().id, keep, actor })
    session.flash('success', panelText('sessions.others_ended', { sessions }))
    return response.redirect().toPath('/admin/sessions')
  }
}
