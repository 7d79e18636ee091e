import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Chain } from '#chain/chain_config'
import ChainOperation from '#chain/models/chain_operation'
import { WAITING } from '#chain/operations/reasons'
import { inParallel } from '#chain/sender/in_parallel'
import { OperationSteps } from '#chain/sender/operation_steps'
import { TxWatch } from '#chain/sender/tx_watch'
import { Clock } from '#core/clock'
import { Leases } from '#system/leases/leases'
import { setTimeout as sleep } from 'node:timers/promises'

/** After a kill somebody else goes on so much later. */
const LEASE_MS = 3_000
const AT_ONCE = 16
const MOST_DUE = 200
const AFTER_FAILURE_MS = 1_000

/**
 * Sends what is wanted of the chain, in one process at a time. A process that stalls longer than its lease does no
 * harm: each step is written only upon the state that it began with, and nonces are taken under a lock.
 */
@inject()
export class ChainSender {
  constructor(
    private clock: Clock,
    private logger: Logger,
    private chain: Chain,
    private leases: Leases,
    private steps: OperationSteps,
    private watch: TxWatch
  ) {}

  async run(signal: AbortSignal) {
    await this.leases.runWhileHeld('chain.sender', LEASE_MS, (_, until) => this.#work(until), signal)
  }

  /** One round: what was signed is sent and followed, then what is due goes on. */
  async pass(signal?: AbortSignal) {
    await this.watch.pass(signal)
    await inParallel(await this.#due(), AT_ONCE, async (operation) => {
      if (!signal?.aborted) await this.steps.step(operation)
    })
  }

  async #work(signal: AbortSignal) {
    this.watch.forget()
    let wasFine = true
    while (!signal.aborted) {
      const isFine = await this.#tried(signal, wasFine)
      await rest(isFine ? this.chain.required.pollMs : AFTER_FAILURE_MS, signal)
      wasFine = isFine
    }
  }

  /** A chain that is away is told of once. */
  async #tried(signal: AbortSignal, wasFine: boolean) {
    try {
      await this.pass(signal)
      return true
    } catch (error) {
      if (wasFine) this.logger.error({ err: error }, 'Transactions could not be sent; trying again')
      return false
    }
  }

  #due(): Promise<ChainOperation[]> {
    return ChainOperation.query()
      .where('chainId', this.chain.required.chainId)
      .whereNull('finishedAt')
      .where('nextStepAt', '<=', this.clock.now())
      .where((query) => query.whereNot('status', 'needs_attention').orWhereIn('reason', [...WAITING]))
      .orderBy('nextStepAt')
      .orderBy('id')
      .limit(MOST_DUE)
  }
}

const rest = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {})
