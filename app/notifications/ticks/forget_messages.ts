import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { DataSubject } from '#core/contracts/personal_data'
import type { Tick } from '#core/contracts/ticks'
import { transaction } from '#core/database/transaction'
import { personalMessages } from '#notifications/outbox/personal_messages'

const MINUTE_MS = 60_000

/** Within that time the last message that was on its way when its reader was forgotten has left or failed. */
const WINDOW_MS = 7 * 24 * 60 * MINUTE_MS

/** Takes the words out of messages that were still on their way when their reader was anonymised. */
@inject()
export class ForgetMessages implements Tick {
  readonly name = 'notifications.forget_messages'
  readonly everyMs = 10 * MINUTE_MS

  constructor(private readonly clock: Clock) {}

  async run(signal: AbortSignal) {
    for (const subject of await this.#forgotten()) {
      if (signal.aborted) return
      await transaction((trx) => personalMessages.erase(trx, subject))
    }
  }

  async #forgotten(): Promise<DataSubject[]> {
    const rows = await db
      .from('customers')
      .where('anonymised_at', '>', this.clock.now() - WINDOW_MS)
      .whereExists((query) =>
        query
          .from('notifications')
          .whereColumn('notifications.customer_id', 'customers.id')
          .whereNull('notifications.broadcast_id')
          .whereNotNull('notifications.params')
      )
      .select('id', 'telegram_id')
    return rows.map(({ id, telegram_id: telegramId }) => ({ customerId: id, telegramId }))
  }
}
