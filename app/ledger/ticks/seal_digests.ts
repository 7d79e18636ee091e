import { inject } from '@adonisjs/core'
import type { Tick } from '#core/contracts/ticks'
import { SealDays } from '#ledger/digests/seal_days'

const EVERY_MS = 5 * 60_000

/** Seals the days that are over. */
@inject()
export class SealDigests implements Tick {
  readonly name = 'ledger.seal_digests'
  readonly everyMs = EVERY_MS

  constructor(private seal: SealDays) {}

  async run(signal: AbortSignal) {
    await this.seal.handle(signal)
  }
}
