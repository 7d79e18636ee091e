import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
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

type Place = Pick<ChainEvent, 'blockNumber' | 'logIndex'>

export interface Applied {
  /** False when some are left for the next time. */
  isDone: boolean
  /** How many were set aside now. */
  failed: number
}

/**
 * Lets events take effect in the order of the chain. One that fails is set aside and holds up none of the others, but
 * for those of the raffle: each says something of the round that those before it have left.
 */
@inject()
export class ApplyEffects {
  constructor(
    private chain: Chain,
    private apply: ApplyEffect,
    private logger: Logger
  ) {}

  async run({ upTo, isRetry, mayGoOn }: EffectsInput): Promise<Applied> {
    let after: ChainEvent | undefined
    /** The raffle's events behind this one wait for it. */
    let held = isRetry ? null : await this.#heldBefore()
    let failed = 0
    do {
      const events = await this.#next(upTo, isRetry, after, held)
      const failures = await this.#applyAll(events)
      failed += failures.length
      held ??= failures.find((event) => this.#isOfRaffle(event)) ?? null
      if (events.length < TOGETHER) return { isDone: true, failed }
      after = events.at(-1)
    } while (mayGoOn())
    return { isDone: false, failed }
  }

  get #raffle() {
    return this.chain.required.raffle.toLowerCase()
  }

  #isOfRaffle({ contractKey }: ChainEvent) {
    return contractKey === this.#raffle
  }

  /** The raffle's first event that could not take effect before. */
  #heldBefore(): Promise<ChainEvent | null> {
    return ChainEvent.query()
      .where({ chainId: this.chain.required.chainId, contractKey: this.#raffle, status: 'seen' })
      .whereNotNull('problem')
      .orderBy(['blockNumber', 'logIndex', 'id'])
      .first()
  }

  #next(upTo: number, isRetry: boolean, after: Place | undefined, held: Place | null) {
    const query = ChainEvent.query()
      .where({ chainId: this.chain.required.chainId, status: 'seen' })
      .where('blockNumber', '<=', upTo)
      .orderBy(['blockNumber', 'logIndex', 'id'])
      .limit(TOGETHER)
    if (!isRetry) void query.whereNull('problem')
    if (after) void query.where((place) => behind(place, after))
    if (held)
      void query.where((one) =>
        one.whereNot('contractKey', this.#raffle).orWhereNot((waiting) => behind(waiting, held))
      )
    return query
  }

  /** Those that failed. */
  async #applyAll(events: ChainEvent[]): Promise<ChainEvent[]> {
    if (events.length > 1 && (await this.#applyTogether(events))) return []
    const failures: ChainEvent[] = []
    for (const event of events) {
      const mustWait = this.#isOfRaffle(event) && failures.some((failure) => this.#isOfRaffle(failure))
      if (!mustWait && !(await this.#applyAlone(event))) failures.push(event)
    }
    return failures
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

const behind = (query: ModelQueryBuilderContract<typeof ChainEvent>, { blockNumber, logIndex }: Place) =>
  query
    .where('blockNumber', '>', blockNumber)
    .orWhere((later) => later.where('blockNumber', blockNumber).where('logIndex', '>', logIndex))
