import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { usdtSetting, withdrawalApprovalAbove, withdrawalDailyLimit, withdrawalMinimum } from '#chain/settings'
import { withdrawnLately } from '#chain/withdrawals/withdrawal_sums'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { Money } from '#core/money/money'

export interface WithdrawalOptions {
  min: Money
  /** For 24 hours. */
  limit: Money
  /** Of the limit. */
  left: Money
  /** Larger ones wait for an admin. */
  approvalAbove: Money
}

/** What a customer may withdraw at once, whatever lies in the wallet; `RequestWithdrawal` has the last word. */
@inject()
export class WithdrawalOptionsQuery {
  constructor(
    private clock: Clock,
    private settings: Settings
  ) {}

  async run(customerId: number): Promise<WithdrawalOptions> {
    const limit = await usdtSetting(this.settings, withdrawalDailyLimit)
    const left = limit.subtract(await withdrawnLately(db.connection(), customerId, this.clock.now()))
    return {
      min: await usdtSetting(this.settings, withdrawalMinimum),
      limit,
      left: left.isNegative ? Money.zero('USDT') : left,
      approvalAbove: await usdtSetting(this.settings, withdrawalApprovalAbove),
    }
  }
}
