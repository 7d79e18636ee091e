import vine from '@vinejs/vine'

export const setupValidator = vine.create({
  token: vine.string().maxLength(200),
  name: vine.string().trim().maxLength(100),
  email: vine.string().trim().email().maxLength(254),
  password: vine.string().maxLength(200).confirmed(),
})
