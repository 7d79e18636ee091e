import { AdminLinkCodeSchema } from '#database/schema'

/** A one-time code that ties an admin to a Telegram account; at most one per admin. */
export default class AdminLinkCode extends AdminLinkCodeSchema {
  static table = 'admin_link_codes'
  static primaryKey = 'adminId'
}
