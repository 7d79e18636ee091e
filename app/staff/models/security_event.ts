import { SecurityEventSchema } from '#database/schema'
import type { SecurityEventKind } from '#core/contracts/security_events'

export default class SecurityEvent extends SecurityEventSchema {
  static table = 'security_events'

  declare kind: SecurityEventKind
}
