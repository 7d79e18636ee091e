import { inject } from '@adonisjs/core'
import { Outbox } from '#core/contracts/outbox'
import type { Trx } from '#core/database/transaction'
import { formatMoney } from '#core/money/format_money'
import { Money } from '#core/money/money'
import type { AccountRef } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'

/** `+5.00 TON`. */
export const signed = (amount: Money) => `${amount.isNegative ? '' : '+'}${formatMoney(amount)}`

/** Tells customers what an admin did to their money. */
@inject()
export class MoneyNotices {
  constructor(
    private outbox: Outbox,
    private ledger: Ledger
  ) {}

  async balanceChanged(trx: Trx, account: AccountRef, change: Money) {
    const customer = await trx.from('customers').where('id', account.customerId!).select('telegram_id').firstOrFail()
    const balance = await this.ledger.balance(trx, account)
    await this.outbox.write(trx, {
      type: 'PAYMENT',
      chatId: customer.telegram_id,
      customerId: account.customerId,
      template: 'balance_changed',
      params: {
        change: change.isNegative ? change.negate() : change,
        sign: change.isNegative ? 'minus' : 'plus',
        balance,
      },
      buttons: [[{ action: 'balance' }, { action: 'history' }], [{ action: 'menu' }]],
    })
  }
}
