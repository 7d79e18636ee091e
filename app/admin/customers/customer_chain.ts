import { inject } from '@adonisjs/core'
import ChainWallet from '#chain/models/chain_wallet'
import { Clock } from '#core/clock'
import { CustomerRaffleQuery } from '#raffles/queries/customer_raffle_query'
import { entriesList } from '#admin/raffles/lists/entries_list'

const SHOWN = 3

/** A customer's wallet, entries and winnings, as the page of the customer shows them; no node is asked. */
@inject()
export class CustomerChain {
  constructor(
    private clock: Clock,
    private raffle: CustomerRaffleQuery
  ) {}

  async of(customerId: number) {
    const list = entriesList('UTC')
    const rows = await list.rows(list.state({ customer: String(customerId) }), this.clock.now(), 1)
    return {
      wallet: await ChainWallet.query().where('customerId', customerId).orderBy('id', 'desc').first(),
      figures: await this.raffle.figures(customerId),
      entries: rows.slice(0, SHOWN),
    }
  }
}
