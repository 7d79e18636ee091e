import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Chain, ChainMisconfigured } from '#chain/chain_config'
import { ChainStartCheck } from '#chain/contracts/start_check'
import { Listener } from '#chain/listener/listener'
import { WrongChain } from '#chain/rpc/rpc_errors'
import { Alerts } from '#core/contracts/alerts'
import type { Duty } from '#core/contracts/duties'
import { rest } from '#notifications/sender/bell'
import { Leases } from '#system/leases/leases'

/** Short: whoever takes over from a process that was killed begins within seconds. */
const LEASE_MS = 3_000

const WHILE_STOPPED_MS = 5_000
const LONGEST_REST_MS = 10_000

/** Of the log: the first failure, and one of many after it. */
const TOLD_EVERY = 60

const UNFIT_ALERT = 'chain:unfit'

/** Follows the chain all the time, in one process; others stand by. */
@inject()
export class Listen implements Duty {
  readonly name = 'chain.listen'

  constructor(
    private readonly chain: Chain,
    private readonly startCheck: ChainStartCheck,
    private readonly listener: Listener,
    private readonly leases: Leases,
    private readonly alerts: Alerts,
    private readonly logger: Logger
  ) {}

  async run(signal: AbortSignal) {
    const lease = `chain.listen:${this.chain.required.chainId}`
    await this.leases.runWhileHeld(lease, LEASE_MS, (_lease, until) => this.#follow(until), signal)
  }

  async #follow(signal: AbortSignal) {
    let failures = 0
    let isFit = false
    while (!signal.aborted) {
      try {
        isFit ||= await this.#becomesFit()
        const cycle = await this.listener.cycle()
        failures = 0
        if (cycle !== 'busy') await rest(cycle === 'idle' ? this.#pollMs : WHILE_STOPPED_MS, signal)
      } catch (error) {
        await this.#tell(error, failures++)
        await rest(Math.min(LONGEST_REST_MS, this.#pollMs * 2 ** Math.min(failures, 10)), signal)
      }
    }
  }

  /** What is read of another chain, or of another contract, must not get into the books. */
  async #becomesFit() {
    await this.startCheck.run()
    await this.alerts.resolve(UNFIT_ALERT)
    this.logger.info(`Following the chain ${this.chain.required.chainId}`)
    return true
  }

  async #tell(error: unknown, failures: number) {
    if (error instanceof ChainMisconfigured || error instanceof WrongChain) {
      await this.alerts.raise({
        kind: 'chain',
        severity: 'critical',
        fingerprint: UNFIT_ALERT,
        title: 'The chain is not followed: its configuration does not fit',
        details: { problem: error.message, next: 'Repair the CHAIN_ variables and restart' },
      })
    }
    if (failures % TOLD_EVERY === 0) this.logger.warn({ err: error }, 'The chain could not be read; trying again')
  }

  get #pollMs() {
    return this.chain.required.pollMs
  }
}
