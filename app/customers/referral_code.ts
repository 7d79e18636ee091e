import { randomBytes } from 'node:crypto'

/** Without letters and digits that people mix up. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'
const LENGTH = 8

/** A random code for `/start ref_<code>`. */
export function generateReferralCode() {
  return Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('')
}

export const isReferralCode = (value: string) => /^[a-z0-9]{1,16}$/.test(value)
