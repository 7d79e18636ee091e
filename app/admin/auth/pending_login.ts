import type { HttpContext } from '@adonisjs/core/http'

const KEY = 'pending_login'
const LIFE_MS = 10 * 60_000

/** An admin whose password was right and whose second factor is awaited: not logged in, and only for a while. */
export const pendingLogin = {
  begin({ session }: HttpContext, adminId: number, now: number) {
    session.put(KEY, { adminId, at: now })
    session.regenerate()
  },

  adminId({ session }: HttpContext, now: number): number | null {
    const pending = session.get(KEY)
    return pending && now - pending.at < LIFE_MS ? pending.adminId : null
  },

  end({ session }: HttpContext) {
    session.forget(KEY)
  },
}
