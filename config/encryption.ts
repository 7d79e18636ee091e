import env from '#start/env'
import { defineConfig, drivers } from '@adonisjs/core/encryption'

/** The former key opens what it closed (cookies, sessions) until it is taken out of the environment. */
const keys = [env.get('APP_KEY'), env.get('APP_KEY_PREVIOUS')].filter((key) => key !== undefined)

const encryptionConfig = defineConfig({
  default: 'gcm',
  list: {
    gcm: drivers.aes256gcm({ keys, id: 'gcm' }),
  },
})

export default encryptionConfig

declare module '@adonisjs/core/types' {
  export interface EncryptorsList extends InferEncryptors<typeof encryptionConfig> {}
}
