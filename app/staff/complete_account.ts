import type { Settings } from '#core/contracts/settings'
import type Admin from '#staff/models/admin'
import { GUARDED_ROLES, requireTwoFactor } from '#staff/settings'

export type MissingStep = 'password' | 'second_factor'

/** What an admin has to do before the account gives them anything, in the panel or in the bot; null when complete. */
export async function missingStep(admin: Admin, settings: Settings): Promise<MissingStep | null> {
  if (admin.mustChangePassword) return 'password'
  if (admin.hasTwoFactor || !GUARDED_ROLES.includes(admin.role)) return null
  return (await settings.get(requireTwoFactor)) ? 'second_factor' : null
}
