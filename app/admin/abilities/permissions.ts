import { AuthorizationResponse, Bouncer } from '@adonisjs/bouncer'
import type Admin from '#staff/models/admin'
import { ROLE_NAMES, type Permission } from '#staff/roles'

/** `await bouncer.authorize(permission, 'broadcasts.edit')`: answers 403 with a page that names the missing right. */
export const permission = Bouncer.ability(
  (admin: Admin, needed: Permission) => admin.may(needed) || refused(admin, needed)
)

const refused = (admin: Admin, needed: Permission) =>
  AuthorizationResponse.deny(
    `The role ${ROLE_NAMES[admin.role]} may not do this (${needed}). An owner can give you another role.`,
    403
  )
