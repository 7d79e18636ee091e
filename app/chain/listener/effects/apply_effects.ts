import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Chain } from '#chain/chain_config'
import { ApplyEffect } from '#chain/listener/effects/apply_effect'
import { problemOf } from '#chain/listener/effects/problem'
import ChainEvent from '#chain/models/chain_event'
import { transaction } from '#core/database/transaction'

/** Effects that share a transaction: each alone would wait for the disk. */
const TOGETHER = 20

export interface EffectsInput {
  /** Last block that stays. */
  upTo: number
  /** Also those that could not take effect before. */
  isRetry: boolean
  /** Asked between batches. */
  mayGoOn(): boolean
}

export interface Applied {
  /** False when some are left for the next time. */
  isDone: boolean
  /** How many were set aside now. */
  failed: number
}

/** Lets events take effect in the order of the chain. One that fails is set aside and holds up none of the others. */
@inject()
export class ApplyEffects {
  constructor(
    private chain: Chain,
    private apply: ApplyEffect,
    private logger: Logger
  ) {}

  async run({ upTo, isRetry, mayGoOn }: EffectsInput): Promise<Applied> {
    let after: ChainEvent | undefined
    let failed = 0
    do {
      const events = await this.#next(upTo, isRetry, after)
      failed += await this.#applyAll(events)
      if (events.length < TOGETHER) return { isDone: true, failed }
      after = events.at(-1)
    } while (mayGoOn())
    return { isDone: false, failed }
  }

  #next(upTo: number, isRetry: boolean, after?: ChainEvent) {
    const query = ChainEvent.query()
      .where({ chainId: this.chain.required.chainId, status: 'seen' })
      .where('blockNumber', '<=', upTo)
      .orderBy(['blockNumber', 'logIndex', 'id'])
      .limit(TOGETHER)
    if (!isRetry) void query.whereNull('problem')
    if (after) {
      const { blockNumber, logIndex } = after
      void query.where((place) =>
        place
          .where('blockNumber', '>', blockNumber)
          .orWhere((later) => later.where('blockNumber', blockNumber).where('logIndex', '>', logIndex))
      )
    }
    return query
  }

  async #applyAll(events: ChainEvent[]): Promise<number> {
    if (events.length > 1 && (await this.#applyTogether(events))) return 0
    let failed = 0
    for (const event of events) if (!(await this.#applyAlone(event))) failed++
    return failed
  }

  /** False when one of them failed: which, each alone will tell. */
  async #applyTogether(events: ChainEvent[]): Promise<boolean> {
    const work = transaction(async (trx) => {
      for (const event of events) await this.apply.run(trx, event)
    })
    return work.then(
      () => true,
      () => false
    )
  }

  async #applyAlone(event: ChainEvent): Promise<boolean> {
    try {
      await transaction((trx) => this.apply.run(trx, event))
      return true
    } catch (error) {
      this.logger.error(
        { err: error, event: event.id, tx: event.txHash },
        'An event of the chain could not take effect'
      )
      await ChainEvent.query()
        .where({ id: event.id, status: 'seen' })
        .update({ problem: problemOf(error) })
      return false
    }
  }
}
