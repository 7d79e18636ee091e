import { randomBytes } from 'node:crypto'
import { COMMON_WORDS } from '#staff/passwords/common_words'

export const PASSWORD_MIN_LENGTH = 12
export const PASSWORD_MAX_LENGTH = 128
const FEWEST_CHARACTERS = 5

export type PasswordWeakness = 'password_short' | 'password_long' | 'password_common' | 'password_personal'

/** One spelling for what looks the same on different keyboards. */
export const normalizePassword = (password: string) => password.normalize('NFKC').trim()

/** Why a password is refused, or null. `personal` are words an attacker tries first: name and e-mail address. */
export function weaknessOf(password: string, personal: string[]): PasswordWeakness | null {
  if (password.length < PASSWORD_MIN_LENGTH) return 'password_short'
  if (password.length > PASSWORD_MAX_LENGTH) return 'password_long'

  const plain = password.toLowerCase()
  if (new Set(plain).size < FEWEST_CHARACTERS || isCommon(plain)) return 'password_common'
  return rest(plain, wordsOf(personal)).length < PASSWORD_MIN_LENGTH / 2 ? 'password_personal' : null
}

const wordsOf = (texts: string[]) =>
  texts.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 3)

/** Common words strung together or decorated with digits and signs are as common as the words themselves. */
function isCommon(plain: string) {
  const undecorated = plain.replace(/[^\p{L}]+$/u, '')
  return [plain, asLetters(plain), asLetters(undecorated)].some(
    (spelling) => rest(spelling, COMMON_WORDS).replace(/[^\p{L}]/gu, '').length < 3
  )
}

const rest = (text: string, words: readonly string[]) => words.reduce((left, word) => left.replaceAll(word, ''), text)

/** `p@ssw0rd` as `password`. */
const asLetters = (text: string) =>
  text.replace(/0/g, 'o').replace(/[1!]/g, 'i').replace(/3/g, 'e').replace(/[4@]/g, 'a').replace(/[5$]/g, 's')

/** 100 random bits in five groups that can be read out. */
export function generatePassword() {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const letters = Array.from({ length: 20 }, () => alphabet[unbiased(alphabet.length)])
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}

function unbiased(below: number) {
  for (;;) {
    const [byte] = randomBytes(1)
    if (byte < 256 - (256 % below)) return byte % below
  }
}
