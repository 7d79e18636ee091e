import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { CreateWallet } from '#chain/actions/create_wallet'
import { WalletQuery } from '#chain/queries/wallet_query'
import { refusal } from '#api/integration/problems'
import { findCustomer } from '#api/integration/telegram_id'
import { apiText } from '#api/integration/words'

/** Customers' wallets: their address and what they hold, never a key. */
@inject()
export default class WalletsController {
  constructor(
    private create: CreateWallet,
    private wallets: WalletQuery
  ) {}

  async store({ program, request }: HttpContext) {
    const customer = await findCustomer(request.body().tg_id)
    const created = await this.create.run({ customerId: customer.id, actor: program })
    if (!created.ok) throw refusal(created.refusal)
    const { address, chainId } = created.value
    return {
      success: true,
      tg_id: customer.telegramId,
      address,
      chain_id: chainId,
      message: apiText('messages.wallet'),
    }
  }

  async show({ params }: HttpContext) {
    const customer = await findCustomer(params.tg_id)
    const found = await this.wallets.run(customer.id)
    if (!found) throw refusal({ code: 'wallet_not_found' })
    const { wallet, balance, confirmed } = found
    return {
      success: true,
      tg_id: customer.telegramId,
      address: wallet.address,
      balance: balance?.toDecimal() ?? null,
      confirmed_balance: confirmed.toDecimal(),
      currency: 'USDT',
    }
  }
}
