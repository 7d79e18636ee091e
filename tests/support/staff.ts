import app from '@adonisjs/core/services/app'
import { ApiClient, type ApiRequest } from '@japa/api-client'
import type { PluginFn } from '@japa/runner/types'
import type Admin from '#staff/models/admin'
import type { Role } from '#staff/roles'
import { OpenAdminSession } from '#staff/actions/open_admin_session'
import { ADMIN_SESSION_KEY } from '#admin/middleware/auth_middleware'
import { AdminFactory } from '#database/factories/admin_factory'

export { ADMIN_PASSWORD } from '#database/factories/admin_factory'

export const createAdmin = (attributes: { role?: Role; email?: string; fullName?: string } = {}) =>
  AdminFactory.merge(attributes).create()

/** What the HTTP session of a logged-in admin holds. */
export async function sessionOf(admin: Admin) {
  const open = await app.container.make(OpenAdminSession)
  const { id } = await open.handle(admin, { ip: '127.0.0.1', userAgent: 'Kontora tests' })
  return { auth_web: admin.id, [ADMIN_SESSION_KEY]: id }
}

/** The same as `request.loginAs(admin)`, with the token that forms carry. */
export const loginAs = <R extends ApiRequest>(request: R, admin: Admin): R => request.loginAs(admin).withCsrfToken()

/** Makes `client.get(...).loginAs(admin)` open a session in the list of that admin, as a login does. */
export function staffSessions(): PluginFn {
  return () => {
    ApiClient.setup(async (request) => {
      const admin = request.authData?.args[0] as Admin | undefined
      if (admin) request.withSession(await sessionOf(admin))
    })
  }
}
