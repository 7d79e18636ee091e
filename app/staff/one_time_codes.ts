import { createHash, randomBytes } from 'node:crypto'

/** Without I, L, O and U: nothing to confuse when a person types it (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A random code of 5 bits a character from the system's CSPRNG. */
export const randomCode = (length: number) =>
  Array.from(randomBytes(length), (byte) => ALPHABET[byte % ALPHABET.length]).join('')

/** The code as it was made, however it was typed: case, dashes, spaces and look-alike letters do not matter. */
export const normalizeCode = (typed: string) =>
  typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0')

/** SHA-256, hexadecimal. Codes are random, so no slow hash is needed. */
export const hashCode = (code: string) => createHash('sha256').update(normalizeCode(code)).digest('hex')
