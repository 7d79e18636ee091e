import { inject } from '@adonisjs/core'
import type { Money } from '#core/money/money'
import type { AccountKind } from '#ledger/accounts'
import LedgerAccount from '#ledger/models/ledger_account'
import { BalanceAtQuery } from '#ledger/queries/balance_at_query'

export interface PastBalance {
  kind: AccountKind
  money: Money
}

/** What each account of a customer held at a past moment; accounts that held nothing are left out. */
@inject()
export class CustomerBalancesAtQuery {
  constructor(private balanceAt: BalanceAtQuery) {}

  async run(customerId: number, moment: number): Promise<PastBalance[]> {
    const accounts = await LedgerAccount.query().where('customer_id', customerId).orderBy('currency').orderBy('id')
    const balances = await Promise.all(
      accounts.map(async (account) => ({ kind: account.kind, money: await this.balanceAt.run(account, moment) }))
    )
    return balances.filter(({ money }) => !money.isZero)
  }
}
