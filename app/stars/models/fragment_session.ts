import { FragmentSessionSchema } from '#database/schema'

/** Cookies of the account that buys on Fragment, encrypted. The newest row is in use. */
export default class FragmentSession extends FragmentSessionSchema {
  static table = 'fragment_sessions'

  get isExpired() {
    return this.expiredAt !== null
  }
}
