import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import ChainEvent from '#chain/models/chain_event'
import { Alerts } from '#core/contracts/alerts'

const FINGERPRINT = 'chain:events'

/** Tells admins of events that could not take effect, and when none is left. */
@inject()
export class EventProblems {
  /** Unknown at first: an earlier process may have raised it. */
  #isRaised = true

  constructor(
    private readonly chain: Chain,
    private readonly alerts: Alerts
  ) {}

  async report() {
    const events = await this.#affected()
    if (events.length > 0) {
      const [first] = events
      await this.alerts.raise({
        kind: 'chain',
        severity: 'critical',
        fingerprint: FINGERPRINT,
        title: 'An event of the chain could not take effect',
        details: {
          event: `${first.name} in ${first.txHash}`,
          problem: first.problem!,
          next: 'Repair the cause; it is tried again every half minute; of the raffle later events wait for it, all else goes on',
        },
      })
      this.#isRaised = true
    } else if (this.#isRaised) {
      this.#isRaised = !(await this.alerts.resolve(FINGERPRINT))
    }
  }

  #affected() {
    const { chainId } = this.chain.required
    return ChainEvent.query().where({ chainId }).whereNotNull('problem').orderBy('id').limit(1)
  }
}
