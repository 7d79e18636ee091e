import encryption from '@adonisjs/core/services/encryption'
import type { HttpContext } from '@adonisjs/core/http'

const PURPOSE = 'one-time flash'

/** Hands something secret to the next page only: encrypted, because flash messages pass through the database. */
export function flashSecret({ session }: HttpContext, key: string, value: unknown) {
  session.flash(key, encryption.encrypt(value, '10 mins', PURPOSE))
}

/** What the last request left under this key, or null. */
export function flashedSecret<T>({ session }: HttpContext, key: string): T | null {
  const sealed = session.flashMessages.get(key)
  return typeof sealed === 'string' ? encryption.decrypt<T>(sealed, PURPOSE) : null
}
