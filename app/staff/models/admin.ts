import hash from '@adonisjs/core/services/hash'
import { compose } from '@adonisjs/core/helpers'
import { withAuthFinder } from '@adonisjs/auth/mixins/lucid'
import { AdminSchema } from '#database/schema'
import { mayDo, type Permission, type Role } from '#staff/roles'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** A person with a login to the panel. */
export default class Admin extends compose(
  AdminSchema,
  withAuthFinder(() => hash.use())
) {
  static table = 'admins'

  declare role: Role
  declare theme: Theme

  /** Spelling under which an address is stored and looked up. */
  static normalizeEmail(email: string) {
    return email.trim().normalize('NFKC').toLowerCase()
  }

  get isDisabled() {
    return this.disabledAt !== null
  }

  get hasTwoFactor() {
    return this.twoFactorEnabledAt !== null
  }

  may(permission: Permission) {
    return !this.isDisabled && mayDo(this.role, permission)
  }
}
