import vine from '@vinejs/vine'
import { PROVIDERS } from '#stars/values'

export const fragmentSwitchValidator = vine.create({ provider: vine.enum(PROVIDERS) })

/** Not `cookies`: by that name validators get those of the request. */
export const fragmentSessionValidator = vine.create({
  copied_cookies: vine.string().trim().minLength(1).maxLength(8000),
})

export const fragmentWalletValidator = vine.create({ mnemonic: vine.string().trim().minLength(1).maxLength(1000) })
