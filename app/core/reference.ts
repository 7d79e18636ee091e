import { randomBytes } from 'node:crypto'

/** Crockford's base32: no letter is mistaken for a digit when a reference is read aloud. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10

/** Random public name of a record: 10 characters, 50 bits. */
export function newReference(): string {
  return Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte & 31]).join('')
}

/** Whether it can be one at all: whatever somebody put into a URL need not be. */
export const isReference = (text: string) => /^[0-9A-Z]{10}$/.test(text)
