import { inject } from '@adonisjs/core'
import { Job } from '@adonisjs/queue'
import type { JobOptions } from '@adonisjs/queue/types'
import { Settlements } from '#markets/settlement/settlements'

/** A job ends when the process is asked to: the rest is for the tick. */
const LONGEST_MS = 5000

/** Wakes a settlement. What is left of a long one, or when this is lost, the tick `markets.settle` takes up. */
@inject()
export default class SettleMarket extends Job<{ settlementId: number }> {
  static options: JobOptions = { name: 'markets.settle_market' }

  constructor(private settlements: Settlements) {
    super()
  }

  async execute() {
    await this.settlements.run(this.payload.settlementId, AbortSignal.timeout(LONGEST_MS))
  }
}
