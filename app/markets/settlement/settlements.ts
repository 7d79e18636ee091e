import { setImmediate as breathe } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import { FinishSettlement } from '#markets/settlement/finish_settlement'
import { SettleBatch } from '#markets/settlement/settle_batch'

/** Carries settlements on from wherever they stand. */
@inject()
export class Settlements {
  constructor(
    private batch: SettleBatch,
    private finish: FinishSettlement
  ) {}

  /**
   * Safe to call at any time, by anybody, any number of times. False when something is left, since `signal` ended it
   * between two steps.
   */
  async run(settlementId: number, signal?: AbortSignal): Promise<boolean> {
    while (!signal?.aborted) {
      const progress = await this.batch.handle(settlementId)
      if (progress === 'through') await this.finish.handle(settlementId)
      if (progress !== 'more') return true
      await breathe()
    }
    return false
  }
}
