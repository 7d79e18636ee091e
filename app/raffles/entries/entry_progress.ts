import { inject } from '@adonisjs/core'
import type { Trx } from '#core/database/transaction'
import type ChainOperation from '#chain/models/chain_operation'
import { ProgressMessages } from '#chain/progress/progress_messages'
import { ConfirmationsQuery } from '#chain/queries/confirmations_query'
import Customer from '#customers/models/customer'
import { entryView } from '#raffles/entries/entry_view'
import type RaffleEntry from '#raffles/models/raffle_entry'

/** Tells the customer how their entry goes: one message of the bot, edited with each step. */
@inject()
export class EntryProgress {
  constructor(
    private messages: ProgressMessages,
    private confirmations: ConfirmationsQuery
  ) {}

  /** One that no message shows is told of when it is over. */
  async tell(trx: Trx, entry: RaffleEntry, operation: ChainOperation | null) {
    if (!entry.messageId && entry.status !== 'confirmed' && entry.status !== 'failed') return
    const customer = await Customer.findOrFail(entry.customerId, { client: trx })
    const depth = await this.confirmations.ofBlock(trx, entry.blockNumber)
    await this.messages.write(trx, {
      type: 'RAFFLE',
      chatId: customer.telegramId,
      customerId: customer.id,
      key: `raffle_entry:${entry.id}`,
      messageId: entry.messageId,
      ...entryView(entry, operation, depth),
    })
  }
}
