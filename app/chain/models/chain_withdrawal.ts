import { ChainWithdrawalSchema } from '#database/schema'
import { Money } from '#core/money/money'
import type { WithdrawalStatus } from '#chain/values'

/** USDT that a customer takes out of their wallet to an address of their own. */
export default class ChainWithdrawal extends ChainWithdrawalSchema {
  static table = 'chain_withdrawals'

  declare status: WithdrawalStatus

  get money() {
    return Money.of(this.amount, 'USDT')
  }
}
