import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import {
  usdtSetting,
  withdrawalApprovalAbove,
  withdrawalDailyLimit,
  withdrawalMinimum,
  withdrawalsPerDay,
} from '#chain/settings'
import { withdrawalsLately, withdrawnLately } from '#chain/withdrawals/withdrawal_sums'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { Money } from '#core/money/money'

export interface WithdrawalOptions {
  min: Money
  /** For 24 hours. */
  limit: Money
  /** Of the limit. */
  left: Money
  /** How many there may be in 24 hours. */
  perDay: number
  /** That many there were. */
  isCountUsed: boolean
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
    const now = this.clock.now()
    const left = limit.subtract(await withdrawnLately(db.connection(), customerId, now))
    const perDay = await this.settings.get(withdrawalsPerDay)
    return {
      min: await usdtSetting(this.settings, withdrawalMinimum),
      limit,
      left: left.isNegative ? Money.zero('USDT') : left,
      perDay,
      isCountUsed: (await withdrawalsLately(db.connection(), customerId, now)) >= perDay,
      approvalAbove: await usdtSetting(this.settings, withdrawalApprovalAbove),
    }
  }
}
