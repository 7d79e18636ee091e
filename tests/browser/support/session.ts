import { randomUUID } from 'node:crypto'
import { CookieClient } from '@adonisjs/core/http'
import app from '@adonisjs/core/services/app'
import type { BrowserContext } from 'playwright'
import type Admin from '#staff/models/admin'
import { sessionStore } from '#tests/support/session_client'
import { sessionOf } from '#tests/support/staff'
import { BASE_URL } from '#tests/browser/support/page'

/** Logs the admin in without the login page: a session as the login makes it, and its cookie. */
export async function logIn(context: BrowserContext, admin: Admin) {
  const sessionId = randomUUID()
  const store = await sessionStore()
  await store.write(sessionId, await sessionOf(admin))
  const encryption = await app.container.make('encryption')
  const cookies = new CookieClient(encryption.use())
  const name = app.config.get<string>('session.cookieName', 'kontora-session')
  await context.addCookies([{ name, value: cookies.sign(name, sessionId)!, url: BASE_URL }])
}
