import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Outbox, type OutboxMessage } from '#core/contracts/outbox'
import { toJson } from '#core/database/columns'
import { isPostgres } from '#core/database/dialect'
import { jsonRows, runStatement } from '#core/database/statement'
import type { Trx } from '#core/database/transaction'
import { PRIORITIES } from '#notifications/outbox/priorities'

/** Rows of one statement: SQLite answers nobody else meanwhile. */
const BATCH = 500

const COLUMNS = {
  type: 'text',
  operation: 'text',
  priority: 'bigint',
  chat_id: 'bigint',
  thread_id: 'bigint',
  customer_id: 'bigint',
  template: 'text',
  params: 'text',
  buttons: 'text',
  photo: 'text',
  target_message_id: 'bigint',
  scheduled_at: 'bigint',
  dedupe_key: 'text',
  created_at: 'bigint',
} as const

@inject()
export class DatabaseOutbox extends Outbox {
  constructor(private clock: Clock) {
    super()
  }

  async write(trx: Trx, messages: OutboxMessage | OutboxMessage[]) {
    const now = this.clock.now()
    const rows = [messages].flat().map((message) => toRow(message, now))
    for (let from = 0; from < rows.length; from += BATCH) {
      await runStatement(trx, insertSql(), [JSON.stringify(rows.slice(from, from + BATCH))])
    }
  }
}

/** `WHERE true`: SQLite would take ON CONFLICT for a join's. */
function insertSql() {
  const names = Object.keys(COLUMNS)
  const json = (name: string) =>
    isPostgres() && ['params', 'buttons'].includes(name) ? `r.${name}::json` : `r.${name}`
  return `INSERT INTO notifications (status, attempts, ${names.join(', ')})
    SELECT 'PENDING', 0, ${names.map(json).join(', ')} FROM ${jsonRows('r', COLUMNS)}
    WHERE true ON CONFLICT (dedupe_key) DO NOTHING`
}

function toRow(message: OutboxMessage, now: number): Record<keyof typeof COLUMNS, string | number | null> {
  if (message.operation && message.operation !== 'send' && !message.targetMessageId) {
    throw new TypeError(`An outbox message that means to ${message.operation} must name the message (targetMessageId)`)
  }
  return {
    type: message.type,
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
    scheduled_at: message.scheduledAt ?? now,
    dedupe_key: message.dedupeKey ?? null,
    created_at: now,
  }
}
