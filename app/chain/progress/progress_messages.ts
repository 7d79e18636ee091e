import { isDeepStrictEqual } from 'node:util'
import { inject } from '@adonisjs/core'
import { parseJson, toJson } from '#core/database/columns'
import { whereStartsWith } from '#core/database/starts_with'
import type { Trx } from '#core/database/transaction'
import { LiveMessages, type LiveMessage } from '#notifications/outbox/live_messages'

/**
 * A live message about something on a chain, where things may go back and come again: the same words twice in a row
 * are one change, the same words later are another.
 */
@inject()
export class ProgressMessages {
  constructor(private messages: LiveMessages) {}

  async write(trx: Trx, message: Omit<LiveMessage, 'change'>) {
    const last = await whereStartsWith(
      trx.from('notifications').where('customer_id', message.customerId),
      'dedupe_key',
      `live:${message.key}:`
    )
      .orderBy('id', 'desc')
      .first()
    if (last?.template === message.template && isSame(last.params, message.params)) return
    await this.messages.write(trx, { ...message, change: `${message.template}:${last?.id ?? 0}` })
  }
}

const isSame = (stored: unknown, params: LiveMessage['params']) =>
  isDeepStrictEqual(parseJson(stored), JSON.parse(toJson(params) ?? 'null'))
