import type { Refusal } from '#core/result'
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '#staff/passwords/password'

const WORDS: Record<string, string> = {
  email_taken: 'An admin with this e-mail address exists already',
  password_short: `The password needs at least ${PASSWORD_MIN_LENGTH} characters`,
  password_long: `The password may have at most ${PASSWORD_MAX_LENGTH} characters`,
  password_common: 'This password is among the first that are tried: choose a less common one',
  password_personal: 'The password is little more than the name or the address: choose another one',
  admin_not_found: 'There is no admin with this e-mail address',
  two_factor_disabled: 'This admin has no second factor',
}

/** What a command says when an action refuses. */
export const explain = ({ code }: Refusal) => WORDS[code] ?? code.replaceAll('_', ' ')
