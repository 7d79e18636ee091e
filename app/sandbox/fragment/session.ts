import { createHash, randomBytes } from 'node:crypto'

export type FragmentCookies = Record<'stel_ssid' | 'stel_dt' | 'stel_token' | 'stel_ton_token', string>

export const FRAGMENT_COOKIES: FragmentCookies = {
  stel_ssid: 'sandbox-ssid',
  stel_dt: '-180',
  stel_token: 'sandbox-token',
  stel_ton_token: 'sandbox-ton-token',
}

/** The one login that the sandbox's Fragment knows. */
export class FragmentSession {
  cookies: FragmentCookies = { ...FRAGMENT_COOKIES }
  #salt = ''

  /** What the page names and each call repeats: of this login, until it is replaced. */
  get hash(): string {
    return createHash('sha256').update(`${this.cookies.stel_ssid}${this.#salt}`).digest('hex').slice(0, 18)
  }

  isLoggedIn(given: Record<string, string>): boolean {
    return given.stel_ssid === this.cookies.stel_ssid && given.stel_token === this.cookies.stel_token
  }

  hasWallet(given: Record<string, string>): boolean {
    return given.stel_ton_token === this.cookies.stel_ton_token
  }

  /** From now on another token counts; answers the header with which the browser learns it. */
  rotateToken(): string {
    this.cookies.stel_token = randomBytes(12).toString('hex')
    return `stel_token=${this.cookies.stel_token}; path=/; samesite=None; secure; HttpOnly`
  }

  replaceHash(): void {
    this.#salt = randomBytes(4).toString('hex')
  }

  reset(): void {
    this.cookies = { ...FRAGMENT_COOKIES }
    this.#salt = ''
  }
}

export function readCookies(header = ''): Record<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim().split('='))
  return Object.fromEntries(pairs.map(([name, ...value]) => [name, value.join('=')]))
}
