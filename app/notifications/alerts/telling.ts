import { randomUUID } from 'node:crypto'
import { transaction } from '#core/database/transaction'
import type { AlertChat } from '#notifications/alerts/alert_audience'

/** What the outbox and the direct way know of each other, so that a database that is late tells nobody again. */
export class Telling {
  /** The alert goes straight out. */
  isDirect = false
  /** The outbox left it to the direct way. */
  isLeft = false
  /** Rows that the commit under way brings into the outbox. */
  keys: string[] = []

  readonly #id = randomUUID()

  keyFor({ chatId, threadId }: AlertChat) {
    return `alert:${this.#id}:${chatId}:${threadId ?? ''}`
  }

  /** The commit came through after all, and the alert is out: whoever has not got it twice yet does not. */
  async takeBack() {
    await transaction((trx) =>
      trx
        .from('notifications')
        .whereIn('dedupe_key', this.keys)
        .where('status', 'PENDING')
        .update({ status: 'CANCELLED', reason: 'told_directly' })
    )
  }
}
