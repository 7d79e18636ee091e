import vine from '@vinejs/vine'
import { THEMES } from '#staff/models/admin'

export const profileValidator = vine.create({
  full_name: vine.string().trim().minLength(1).maxLength(100),
  time_zone: vine.string().trim().maxLength(60),
  theme: vine.enum(THEMES),
  receives_alerts: vine.accepted().optional(),
})

export const newPasswordValidator = vine.create({
  current_password: vine.string().maxLength(200),
  new_password: vine.string().maxLength(200).confirmed({ as: 'new_password_confirmation' }),
})

export const passwordValidator = vine.create({
  password: vine.string().maxLength(200),
})

export const codeValidator = vine.create({
  code: vine.string().maxLength(40),
})
