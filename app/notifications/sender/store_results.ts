import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { isPostgres, rowsOf } from '#core/database/dialect'
import { transaction, type Trx } from '#core/database/transaction'
import { BroadcastContent } from '#core/contracts/broadcast_content'
import { MarkUnreachable } from '#customers/actions/mark_unreachable'
import { outcomeOf, type RowResult } from '#notifications/sender/result'

const COLUMNS = {
  id: 'bigint',
  status: 'text',
  attempts: 'smallint',
  scheduled_at: 'bigint',
  chat_id: 'bigint',
  sent_at: 'bigint',
  telegram_message_id: 'bigint',
  error: 'text',
  reason: 'text',
}
const NAMES = Object.keys(COLUMNS) as Array<keyof typeof COLUMNS>

/** Stores what became of rows, counts broadcasts and marks unreachable customers: one transaction for a batch. */
@inject()
export class StoreResults {
  constructor(
    private readonly clock: Clock,
    private readonly broadcasts: BroadcastContent,
    private readonly markUnreachable: MarkUnreachable
  ) {}

  /** Rows that another worker has taken over meanwhile are left to it. */
  async handle(claimant: string, results: RowResult[]) {
    await transaction(async (trx) => {
      const stored = await this.#update(trx, claimant, results)
      const own = results.filter(({ row }) => stored.has(row.id))
      const outcomes = own.map((result) => outcomeOf(result, this.clock.now())).filter((outcome) => outcome !== null)
      if (outcomes.length > 0) await this.broadcasts.record(trx, outcomes)
      for (const { row, unreachable, attemptedAt } of own) {
        if (!unreachable || !row.customerId) continue
        const input = { customerId: row.customerId, reason: unreachable, attemptedAt: attemptedAt ?? undefined }
        await this.markUnreachable.handle(input, trx)
      }
    })
  }

  async #update(trx: Trx, claimant: string, results: RowResult[]): Promise<Set<number>> {
    const changed = NAMES.filter((name) => name !== 'id')
    const result = await trx.rawQuery(
      `UPDATE notifications ${isPostgres() ? '' : BY_ROWID} SET ${changed.map((name) => `${name} = r.${name}`).join(', ')}
       FROM ${isPostgres() ? POSTGRES_ROWS : SQLITE_ROWS} WHERE notifications.id = r.id
         AND notifications.status = 'PROCESSING' AND notifications.claimed_by = ? RETURNING notifications.id`,
      [JSON.stringify(results.map(toRecord)), claimant]
    )
    return new Set(rowsOf<{ id: number }>(result).map(({ id }) => id))
  }
}

/** SQLite would else walk the index of processing rows and read the JSON again for each of them. */
const BY_ROWID = 'NOT INDEXED'

const POSTGRES_ROWS = `jsonb_to_recordset(?::jsonb) AS r(${NAMES.map((name) => `${name} ${COLUMNS[name]}`).join(', ')})`
const SQLITE_ROWS = `(SELECT ${NAMES.map((name) => `value ->> '${name}' AS ${name}`).join(', ')} FROM json_each(?)) AS r`

const toRecord = (result: RowResult): Record<keyof typeof COLUMNS, unknown> => ({
  id: result.row.id,
  status: result.status,
  attempts: result.attempts,
  scheduled_at: result.scheduledAt,
  chat_id: result.chatId,
  sent_at: result.sentAt,
  telegram_message_id: result.messageId,
  error: result.error,
  reason: result.reason,
})
