/** The cookies of an account that is logged in to Fragment and connected to a wallet. */
export const COOKIE_NAMES = ['stel_ssid', 'stel_dt', 'stel_token', 'stel_ton_token'] as const

export type Cookies = Record<string, string>

const NAME = /^[A-Za-z0-9_]{1,60}$/
const VALUE = /^[^\s;,"\\]{0,2000}$/

/**
 * Reads cookies as people copy them: the `Cookie` header of a browser, or one `name=value` a line. Others than
 * Fragment's are left out. Null when one of the four is missing.
 */
export function parseCookies(text: string): Cookies | null {
  const pairs = text
    .replace(/^\s*cookie:\s*/i, '')
    .split(/[;\n]/)
    .map((pair) => pair.trim())
    .filter(Boolean)
    .map((pair): [string, string] => [
      pair.slice(0, pair.indexOf('=')).trim(),
      pair.slice(pair.indexOf('=') + 1).trim(),
    ])
  const cookies = Object.fromEntries(pairs.filter(([name, value]) => NAME.test(name) && VALUE.test(value)))
  if (!COOKIE_NAMES.every((name) => cookies[name])) return null
  return Object.fromEntries(Object.entries(cookies).filter(([name]) => name.startsWith('stel_')))
}

export const cookieHeader = (cookies: Cookies) =>
  Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')

/** The cookies after an answer that set some anew; null when it changed none. */
export function refreshed(cookies: Cookies, setCookies: string[]): Cookies | null {
  const changes = setCookies
    .map((line) => line.split(';', 1)[0])
    .map((pair): [string, string] => [
      pair.slice(0, pair.indexOf('=')).trim(),
      pair.slice(pair.indexOf('=') + 1).trim(),
    ])
    .filter(([name, value]) => NAME.test(name) && VALUE.test(value) && value !== '' && name.startsWith('stel_'))
    .filter(([name, value]) => cookies[name] !== value)
  return changes.length > 0 ? { ...cookies, ...Object.fromEntries(changes) } : null
}
