import { inject } from '@adonisjs/core'
import { Outbox, type OutboxMessage } from '#core/contracts/outbox'
import { toJson } from '#core/database/columns'
import { whereStartsWith } from '#core/database/starts_with'
import type { Trx } from '#core/database/transaction'
import type { NotificationStatus } from '#notifications/models/notification'

interface SentRow {
  id: number
  status: NotificationStatus
  telegram_message_id: number | null
}

/** What a message says from now on. */
export interface LiveMessage extends Pick<OutboxMessage, 'type' | 'template' | 'params' | 'buttons'> {
  chatId: number
  customerId: number
  /** Names the message over its whole life: `star_order:12`. */
  key: string
  /** Differs with each change: the same change twice is one. */
  change: string
  /** A message that the chat shows already, such as a screen of the bot, and that is to become this one. */
  messageId?: number | null
}

const SUPERSEDED = 'superseded'

/**
 * One message of a chat that changes with what it tells of. The first change sends it, later ones edit it; one that
 * has not left yet is reworded where it waits. When nobody knows what became of it, a new one is sent, so that no news
 * is lost.
 */
@inject()
export class LiveMessages {
  constructor(private outbox: Outbox) {}

  async write(trx: Trx, message: LiveMessage) {
    const latest = await this.#latest(trx, message)
    if (latest?.status === 'PENDING' || latest?.status === 'FAILED') return this.#reword(trx, latest, message)

    const sent = latest?.status === 'SENT' ? latest.telegram_message_id : null
    const target = sent ?? (latest ? null : (message.messageId ?? null))
    if (target) await this.#dropWaitingEdits(trx, message, target)
    const { key, change, messageId, ...content } = message
    await this.outbox.write(trx, {
      ...content,
      operation: target ? 'edit' : 'send',
      targetMessageId: target,
      dedupeKey: `${prefixOf(key)}${change}`,
    })
  }

  #latest(trx: Trx, { customerId, key }: LiveMessage): Promise<SentRow | null> {
    const rows = trx.from('notifications').where({ customer_id: customerId, operation: 'send' })
    return whereStartsWith(rows, 'dedupe_key', prefixOf(key)).orderBy('id', 'desc').forUpdate().first()
  }

  async #reword(trx: Trx, row: SentRow, { template, params, buttons }: LiveMessage) {
    await trx
      .from('notifications')
      .where('id', row.id)
      .update({ template, params: toJson(params), buttons: toJson(buttons) })
  }

  /** An edit that is tried again must not overwrite a later one. */
  async #dropWaitingEdits(trx: Trx, { customerId }: LiveMessage, target: number) {
    await trx
      .from('notifications')
      .where({ customer_id: customerId, operation: 'edit', target_message_id: target })
      .whereIn('status', ['PENDING', 'FAILED'])
      .update({ status: 'CANCELLED', reason: SUPERSEDED })
  }
}

const prefixOf = (key: string) => `live:${key}:`
