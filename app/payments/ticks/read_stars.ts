import { inject } from '@adonisjs/core'
import type { Tick } from '#core/contracts/ticks'
import { ReadStarTransactions } from '#payments/stars/read_star_transactions'

/** A payment in Stars whose update got lost is found within a minute. */
@inject()
export class ReadStars implements Tick {
  readonly name = 'payments.read_stars'
  readonly everyMs = 60_000

  constructor(private read: ReadStarTransactions) {}

  async run(signal: AbortSignal) {
    await this.read.handle({ signal })
  }
}
