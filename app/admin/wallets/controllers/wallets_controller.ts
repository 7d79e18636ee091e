import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import ChainWallet from '#chain/models/chain_wallet'
import { WalletQuery } from '#chain/queries/wallet_query'
import { Clock } from '#core/clock'
import Customer from '#customers/models/customer'
import { CustomerRaffleQuery } from '#raffles/queries/customer_raffle_query'
import { walletsList } from '#admin/wallets/wallets_list'
import { WalletHistory } from '#admin/wallets/wallet_history'
import { renderList } from '#admin/shared/render_list'

@inject()
export default class WalletsController {
  constructor(
    private clock: Clock,
    private wallet: WalletQuery,
    private raffle: CustomerRaffleQuery,
    private history: WalletHistory
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'chain.view')
    const list = walletsList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/wallets/index', this.clock.now())
  }

  /** The treasury's page is another one. */
  async show({ bouncer, params, response, view }: HttpContext) {
    await bouncer.authorize('permission', 'chain.view')
    const addressKey = String(params.address).toLowerCase()
    const wallet = await ChainWallet.findByOrFail('addressKey', addressKey)
    if (wallet.customerId === null) return response.redirect().toPath('/admin/chain/treasury')
    return view.render('admin/wallets/show', {
      ...{ wallet, customer: await Customer.findOrFail(wallet.customerId) },
      ...{ held: await this.wallet.run(wallet.customerId), figures: await this.raffle.figures(wallet.customerId) },
      ...(await this.history.of(wallet)),
    })
  }
}
