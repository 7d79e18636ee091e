import { inject } from '@adonisjs/core'
import type ChainWallet from '#chain/models/chain_wallet'
import { Clock } from '#core/clock'
import { eventsList } from '#admin/chain/lists/events_list'
import { operationsList } from '#admin/chain/lists/operations_list'
import { addressNames } from '#admin/shared/chain_names'
import type { List } from '#admin/shared/list'

const SHOWN = 8

/** The latest that happened to a wallet, as the lists of the chain show it. */
@inject()
export class WalletHistory {
  constructor(private clock: Clock) {}

  async of({ address }: ChainWallet) {
    const events = await this.#latest(eventsList('UTC'), { wallet: address, name: 'Transfer' })
    return {
      events,
      operations: await this.#latest(operationsList('UTC'), { wallet: address }),
      named: await addressNames(events.flatMap((event) => [event.from_key, event.to_key])),
    }
  }

  async #latest<Row>(list: List<Row>, qs: Record<string, string>) {
    const rows = await list.rows(list.state(qs), this.clock.now(), 1)
    return rows.slice(0, SHOWN)
  }
}
