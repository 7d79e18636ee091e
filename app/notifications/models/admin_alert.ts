import { AdminAlertSchema } from '#database/schema'
import type { AlertKind, AlertSeverity } from '#core/contracts/alerts'

/** One spell of trouble, from the first time it was seen until it is over. */
export default class AdminAlert extends AdminAlertSchema {
  static table = 'admin_alerts'

  declare kind: AlertKind
  declare severity: AlertSeverity

  get isOpen() {
    return this.resolvedAt === null
  }
}
