import { inject } from '@adonisjs/core'
import type { Trx } from '#core/database/transaction'
import type ChainOperation from '#chain/models/chain_operation'
import type ChainWithdrawal from '#chain/models/chain_withdrawal'
import { ProgressMessages } from '#chain/progress/progress_messages'
import { ConfirmationsQuery } from '#chain/queries/confirmations_query'
import { withdrawalView } from '#chain/withdrawals/withdrawal_view'
import Customer from '#customers/models/customer'

/** Tells the customer how their withdrawal goes: one message of the bot, edited with each step. */
@inject()
export class WithdrawalProgress {
  constructor(
    private messages: ProgressMessages,
    private confirmations: ConfirmationsQuery
  ) {}

  async tell(trx: Trx, withdrawal: ChainWithdrawal, operation: ChainOperation | null) {
    const customer = await Customer.findOrFail(withdrawal.customerId, { client: trx })
    const depth = await this.confirmations.ofOperation(trx, withdrawal.operationId)
    await this.messages.write(trx, {
      type: 'PAYMENT',
      chatId: customer.telegramId,
      customerId: customer.id,
      key: `withdrawal:${withdrawal.id}`,
      messageId: withdrawal.messageId,
      ...withdrawalView(withdrawal, operation, depth),
    })
  }
}
