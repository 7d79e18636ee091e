import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import type { Actor } from '#core/contracts/audit'
import { TouchAdminSession } from '#staff/actions/touch_admin_session'

/** Key under which the HTTP session holds the id of its row in `admin_sessions`. */
export const ADMIN_SESSION_KEY = 'admin_session_id'

const ENDED = 'You were logged out: this session has ended. Log in to go on.'

/**
 * Lets a logged-in admin through whose session was not revoked and whose account is not disabled. The pages behind it
 * are kept in no cache: after a logout, "back" shows nothing.
 */
@inject()
export default class AuthMiddleware {
  constructor(private touchSession: TouchAdminSession) {}

  async handle(ctx: HttpContext, next: NextFn) {
    const known = await ctx.auth.check()
    if (!known || !(await this.#stands(ctx))) return this.#toLogin(ctx, known)

    const admin = ctx.auth.getUserOrFail()
    ctx.actor = { type: 'admin', id: admin.id, name: admin.fullName, ip: ctx.request.ip(), requestId: ctx.request.id() }
    ctx.view.share({ admin })
    ctx.response.header('cache-control', 'no-store').header('referrer-policy', 'same-origin')
    return next()
  }

  async #stands({ auth, session }: HttpContext) {
    const admin = auth.getUserOrFail()
    const sessionId = Number(session.get(ADMIN_SESSION_KEY))
    return !admin.isDisabled && Number.isSafeInteger(sessionId) && this.touchSession.handle(sessionId, admin.id)
  }

  async #toLogin(ctx: HttpContext, wasKnown: boolean) {
    const { auth, request, response, session } = ctx
    if (wasKnown) {
      await auth.use('web').logout()
      session.forget(ADMIN_SESSION_KEY)
      session.regenerate()
    }
    if (request.ajax() || request.accepts(['html', 'json']) === 'json') {
      return response.unauthorized({ errors: [{ message: ENDED }] })
    }
    if (wasKnown) session.flash('error', ENDED)
    return response.redirect().withIntendedUrl().toPath('/admin/login')
  }
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** Who acts, for actions and their audit entries. Set on the panel's routes. */
    actor: Actor
  }
}
