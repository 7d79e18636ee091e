import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { Chain } from '#chain/chain_config'
import { ChainStartCheck } from '#chain/contracts/start_check'
import { DueOperations } from '#chain/sender/due_operations'
import { inParallel } from '#chain/sender/in_parallel'
import { OperationSteps } from '#chain/sender/operation_steps'
import { TxWatch } from '#chain/sender/tx_watch'
import { rest } from '#notifications/sender/bell'
import { Leases } from '#system/leases/leases'

/** After a kill somebody else goes on so much later. */
const LEASE_MS = 3_000
const AT_ONCE = 16
/** What was just signed is sent in the next round. */
const SOON_MS = 10
const AFTER_FAILURE_MS = 1_000

/**
 * Sends what is wanted of the chain, in one process at a time. A process that stalls longer than its lease does no
 * harm: each step is written only upon the state that it began with, and nonces are taken under a lock.
 */
@inject()
export class ChainSender {
  constructor(
    private logger: Logger,
    private chain: Chain,
    private leases: Leases,
    private startCheck: ChainStartCheck,
    private operations: DueOperations,
    private steps: OperationSteps,
    private watch: TxWatch
  ) {}

  async run(signal: AbortSignal) {
    await this.leases.runWhileHeld('chain.sender', LEASE_MS, (_, until) => this.#work(until), signal)
  }

  /** One round: what was signed is sent and followed, then what is due goes on. Answers whether anything was signed. */
  async pass(signal?: AbortSignal): Promise<boolean> {
    await this.watch.pass(signal)
    const due = await this.operations.next()
    await inParallel(due, AT_ONCE, async (operation) => {
      if (!signal?.aborted) await this.steps.step(operation)
    })
    const signed = await db.from('chain_txs').where('status', 'signed').select('id').first()
    return Boolean(signed)
  }

  async #work(signal: AbortSignal) {
    this.watch.forget()
    let [isFit, wasFine] = [false, true]
    while (!signal.aborted) {
      try {
        isFit ||= await this.#fits()
        const isBusy = await this.pass(signal)
        wasFine = true
        await rest(isBusy ? SOON_MS : this.chain.required.pollMs, signal)
      } catch (error) {
        if (wasFine) this.logger.error({ err: error }, 'Transactions could not be sent; trying again')
        wasFine = false
        await rest(AFTER_FAILURE_MS, signal)
      }
    }
  }

  /** @throws for another chain, or other contracts than those configured: nothing is sent there. */
  async #fits() {
    await this.startCheck.run()
    return true
  }
}
