import vine from '@vinejs/vine'
import { ROLES } from '#staff/roles'

const details = {
  full_name: vine.string().trim().minLength(1).maxLength(100),
  role: vine.enum(ROLES),
}

export const newAdminValidator = vine.create({
  ...details,
  email: vine.string().trim().email().maxLength(254),
})

export const adminValidator = vine.create(details)
