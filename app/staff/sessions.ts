import type { Trx } from '#core/database/transaction'
import AdminSession from '#staff/models/admin_session'

/** A login that nobody used for so long is over; the HTTP session lives as long (config/session). */
export const SESSION_IDLE_MS = 12 * 3_600_000

/** Ends the logins of an admin, all of them or all but one. Returns how many. */
export async function revokeSessions(trx: Trx, adminId: number, now: number, exceptSessionId: number | null = null) {
  const query = AdminSession.query({ client: trx }).where('admin_id', adminId).whereNull('revoked_at')
  if (exceptSessionId !== null) query.whereNot('id', exceptSessionId)
  const [revoked] = await query.update({ revoked_at: now })
  return Number(revoked)
}
