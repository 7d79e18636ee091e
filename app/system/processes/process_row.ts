import type { ProcessFigures } from '#core/contracts/process_journal'
import { SILENCE_MS } from '#system/processes/liveness'
import { ProcessSchema } from '#database/schema'

/** One running process of the product, as it last spoke of itself. */
export default class ProcessRow extends ProcessSchema {
  static table = 'processes'

  declare roles: string[]
  declare figures: Record<string, ProcessFigures>

  isAlive(now: number) {
    return now - this.lastSeenAt < SILENCE_MS
  }
}
