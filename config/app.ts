import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/core/http'
import { NetworkList } from '#core/network_list'

const host = env.get('HOST')!
const port = env.get('PORT', 3333)

/** Where people reach the panel; links in messages and e-mails start with it. */
export const appUrl = env.get('APP_URL') ?? env.get('PUBLIC_URL') ?? `http://${host}:${port}`

/** Cookies are marked secure only where the panel is served over https, or a login over plain http would be lost. */
export const secureCookies = app.inProduction && appUrl.startsWith('https:')

/** Only a proxy named here is believed about the client's address. */
const trustedProxies = new NetworkList(env.get('TRUSTED_PROXIES', ['127.0.0.1', '::1']))

export const http = defineConfig({
  trustProxy: (address) => trustedProxies.includes(address),
  generateRequestId: true,
  allowMethodSpoofing: true,
  useAsyncLocalStorage: false,
  cookie: {
    domain: '',
    path: '/',
    maxAge: '2h',
    httpOnly: true,
    secure: secureCookies,
    sameSite: 'lax',
  },
})
