import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Chain } from '#chain/chain_config'
import { networkName } from '#chain/networks'
import { TreasuryQuery } from '#chain/queries/treasury_query'
import { Clock } from '#core/clock'
import { transactionsList } from '#admin/chain/lists/transactions_list'
import { addressQr } from '#admin/chain/page/address_qr'
import { addressNames } from '#admin/shared/chain_names'

const SHOWN = 8

/** What pays for gas and asks for draws: where to send coins for it, and what became of them. */
@inject()
export default class TreasuryController {
  constructor(
    private chain: Chain,
    private clock: Clock,
    private treasury: TreasuryQuery
  ) {}

  async show({ bouncer, view }: HttpContext) {
    await bouncer.authorize('permission', 'chain.view')
    const held = await this.treasury.run()
    if (!held) return view.render('admin/chain/treasury/show', { held })
    const list = transactionsList('UTC')
    const state = list.state({ wallet: held.wallet.address })
    const latest = await list.rows(state, this.clock.now(), 1)
    const transactions = latest.slice(0, SHOWN)
    return view.render('admin/chain/treasury/show', {
      ...{ held, transactions, network: networkName(this.chain.required.chainId) },
      qr: await addressQr(held.wallet.address),
      named: await addressNames(transactions.map(({ to_key: to }) => to)),
    })
  }
}
