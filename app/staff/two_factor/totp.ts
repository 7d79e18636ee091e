import { Secret, TOTP } from 'otpauth'

const PERIOD_SECONDS = 30
/** Clocks of phones are off by up to one period. */
const WINDOW = 1

/** Time-based one-time passwords (RFC 6238): SHA-1, 6 digits, 30 seconds, as every authenticator application does. */
const totp = (secret: string, account = '') =>
  new TOTP({ issuer: 'Kontora', label: account, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS })

/** 160 random bits in base 32. */
export const generateTotpSecret = () => new Secret({ size: 20 }).base32

/** What the QR code holds. */
export const totpUri = (secret: string, account: string) => totp(secret, account).toString()

/** The period that a code belongs to, or null when it is wrong at this moment. */
export function totpStep(secret: string, code: string, now: number): number | null {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const delta = totp(secret).validate({ token, timestamp: now, window: WINDOW })
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_SECONDS) + delta
}

/** The code that an authenticator application shows at this moment. */
export const totpCode = (secret: string, now: number) => totp(secret).generate({ timestamp: now })
