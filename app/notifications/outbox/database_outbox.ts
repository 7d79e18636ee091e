import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Outbox, type OutboxMessage } from '#core/contracts/outbox'
import { toJson } from '#core/database/columns'
import type { Trx } from '#core/database/transaction'
import { PRIORITIES } from '#notifications/outbox/priorities'

/** Rows an INSERT carries: SQLite admits 32 766 bindings in one statement. */
const BATCH = 500

@inject()
export class DatabaseOutbox extends Outbox {
  constructor(private clock: Clock) {
    super()
  }

  async write(trx: Trx, messages: OutboxMessage | OutboxMessage[]) {
    const now = this.clock.now()
    const rows = [messages].flat().map((message) => toRow(message, now))
    for (let from = 0; from < rows.length; from += BATCH) {
      await trx
        .knexQuery()
        .table('notifications')
        .insert(rows.slice(from, from + BATCH))
        .onConflict('dedupe_key')
        .ignore()
    }
  }
}

function toRow(message: OutboxMessage, now: number) {
  if (message.operation && message.operation !== 'send' && !message.targetMessageId) {
    throw new TypeError(`An outbox message that means to ${message.operation} must name the message (targetMessageId)`)
  }
  return {
    type: message.type,
    status: 'PENDING',
    operation: message.operation ?? 'send',
    priority: PRIORITIES[message.type],
    chat_id: message.chatId,
    thread_id: message.threadId ?? null,
    customer_id: message.customerId ?? null,
    template: message.template,
    params: toJson(message.params),
    buttons: toJson(message.buttons),
    photo: message.photo ?? null,
    target_message_id: message.targetMessageId ?? null,
    attempts: 0,
    scheduled_at: message.scheduledAt ?? now,
    dedupe_key: message.dedupeKey ?? null,
    created_at: now,
  }
}
