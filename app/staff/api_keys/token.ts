import { createHash, randomBytes } from 'node:crypto'
import { randomCode } from '#staff/one_time_codes'

const NAME_LENGTH = 8
const SECRET_BYTES = 32
const SHAPE = /^(kontora_[0-9A-Z]{8})_[A-Za-z0-9_-]{43}$/

/** `kontora_<name>_<256 random bits>`: the prefix may be shown and is found by, the whole is a secret. */
export function newToken() {
  const prefix = `kontora_${randomCode(NAME_LENGTH)}`
  return { prefix, token: `${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}` }
}

/** Null when no key can look like this. */
export const prefixOf = (token: string): string | null => SHAPE.exec(token)?.[1] ?? null

/** SHA-256, hexadecimal: what is random needs no slow hash. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex')
