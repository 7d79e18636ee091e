/** Fields that never come back into a form, and so never reach the session's store: passwords, codes, tokens, cookies, words of a wallet. */
export const UNFLASHED = [
  '_csrf',
  '_method',
  'password',
  'password_confirmation',
  'current_password',
  'new_password',
  'new_password_confirmation',
  'token',
  'code',
  'copied_cookies',
  'mnemonic',
]
