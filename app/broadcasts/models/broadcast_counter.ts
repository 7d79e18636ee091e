import { BroadcastCounterSchema } from '#database/schema'
import type { Variant } from '#broadcasts/values'

/** How many rows of one operation, version and variant were written, and how they ended. */
export default class BroadcastCounter extends BroadcastCounterSchema {
  static table = 'broadcast_counters'

  declare variant: Variant
  declare operation: 'send' | 'edit' | 'delete'
}
