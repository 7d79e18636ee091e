import vine from '@vinejs/vine'

/** Only bounds: what is wrong with an address or a password is not told before login. */
export const loginValidator = vine.create({
  email: vine.string().maxLength(254),
  password: vine.string().maxLength(200),
})

export const codeValidator = vine.create({
  code: vine.string().maxLength(40),
})
