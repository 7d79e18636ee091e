import { AdminSessionSchema } from '#database/schema'

/** One login of an admin on one device. The HTTP session carries its id; revoked here, it is over at the next request. */
export default class AdminSession extends AdminSessionSchema {
  static table = 'admin_sessions'
}
