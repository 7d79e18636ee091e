import { defineSetting } from '#core/contracts/settings'
import type { Role } from '#staff/roles'

/** Roles that hold money and rights. */
export const GUARDED_ROLES: readonly Role[] = ['owner', 'finance']

/** Owners and finance can open nothing but their profile until they have a second factor. */
export const requireTwoFactor = defineSetting({
  key: 'staff.require_two_factor',
  default: false,
  group: 'security',
  kind: 'boolean',
})

/** After that many days security events are removed. */
export const securityRetentionDays = defineSetting({
  key: 'staff.security_retention_days',
  default: 365,
  group: 'security',
  kind: 'integer',
  min: 7,
  max: 3650,
})

export const staffSettings = [requireTwoFactor, securityRetentionDays]
