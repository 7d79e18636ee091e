import { defineConfig, stores } from '@adonisjs/session'
import { secureCookies } from '#config/app'

export default defineConfig({
  enabled: true,
  cookieName: 'kontora-session',
  clearWithBrowser: false,
  age: '12h',
  cookie: { path: '/', httpOnly: true, secure: secureCookies, sameSite: 'lax' },
  store: 'database',
  stores: { database: stores.database() },
})
