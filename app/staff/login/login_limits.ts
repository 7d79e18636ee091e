import { AttemptLimit } from '#staff/login/attempt_limit'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** Of one network (see `networkOf`): whoever guesses locks out themselves, not the owner of the account. */
export const loginByAccountAndNetwork = new AttemptLimit({
  name: 'login-account-network',
  attempts: 5,
  window: 15 * MINUTE,
  firstBlock: MINUTE,
  longestBlock: HOUR,
})

/** Of all networks together: far more than people mistype, and so short that nobody is kept out for long. */
export const loginByAccount = new AttemptLimit({
  name: 'login-account',
  attempts: 200,
  window: HOUR,
  firstBlock: MINUTE,
  longestBlock: 10 * MINUTE,
})

/** An office shares one address, or one IPv6 network: so more attempts than for one account. */
export const loginByAddress = new AttemptLimit({
  name: 'login-address',
  attempts: 30,
  window: 15 * MINUTE,
  firstBlock: 5 * MINUTE,
  longestBlock: 4 * HOUR,
})

export const secondFactorByAccount = new AttemptLimit({
  name: 'second-factor',
  attempts: 5,
  window: 15 * MINUTE,
  firstBlock: 5 * MINUTE,
  longestBlock: 4 * HOUR,
})

/** A logged-in admin's password asked for again. */
export const confirmationByAccount = new AttemptLimit({
  name: 'password-confirmation',
  attempts: 10,
  window: 15 * MINUTE,
  firstBlock: 5 * MINUTE,
  longestBlock: HOUR,
})

/** The setup token has 256 bits: this only keeps the noise down. */
export const setupByAddress = new AttemptLimit({
  name: 'first-owner',
  attempts: 10,
  window: 15 * MINUTE,
  firstBlock: MINUTE,
  longestBlock: HOUR,
})
