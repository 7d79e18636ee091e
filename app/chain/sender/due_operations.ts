import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Chain } from '#chain/chain_config'
import ChainOperation from '#chain/models/chain_operation'
import { WAITING } from '#chain/operations/reasons'
import { MOST_IN_FLIGHT } from '#chain/sender/treasury_gas'
import { Clock } from '#core/clock'

const MOST_BEGUN = 200
/** What all of them wait for is asked for a few of them, for each such reason. */
const PROBES = 2

/**
 * Operations whose next step is due. Of new ones no more than the treasury can give gas to: a thousand customers who
 * come at once shall not ask the nodes a thousand times for what is not their turn.
 */
@inject()
export class DueOperations {
  constructor(
    private clock: Clock,
    private chain: Chain
  ) {}

  async next(): Promise<ChainOperation[]> {
    const begun = await this.#due().whereNotIn('status', ['new', 'needs_attention']).limit(MOST_BEGUN)
    const fresh = await this.#due()
      .where('status', 'new')
      .limit(MOST_IN_FLIGHT - (await this.#topUpsInFlight()))
    const waiting: ChainOperation[] = []
    for (const reason of WAITING)
      waiting.push(...(await this.#due().where({ status: 'needs_attention', reason }).limit(PROBES)))
    return [...begun, ...fresh, ...waiting]
  }

  #due() {
    return ChainOperation.query()
      .where('chainId', this.chain.required.chainId)
      .whereNull('finishedAt')
      .where('nextStepAt', '<=', this.clock.now())
      .orderBy('nextStepAt')
      .orderBy('id')
  }

  async #topUpsInFlight(): Promise<number> {
    const { count } = await db
      .from('chain_txs')
      .whereNull('settled_at')
      .where('kind', 'gas_topup')
      .whereIn('status', ['signed', 'broadcast'])
      .count('* as count')
      .firstOrFail()
    return Math.min(Number(count), MOST_IN_FLIGHT)
  }
}
