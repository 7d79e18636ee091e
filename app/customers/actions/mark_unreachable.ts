import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { affectedRows } from '#core/database/dialect'
import { transaction, type Trx } from '#core/database/transaction'

export interface UnreachableInput {
  customerId: number
  /** Telegram's description: `Forbidden: bot was blocked by the user`. */
  reason: string
  /** When the refused message was attempted: a customer who wrote after that is reachable again and stays so. */
  attemptedAt?: number
}

/** After a permanent delivery failure. The customer's next update undoes it. Joins `trx` when one is given. */
@inject()
export class MarkUnreachable {
  constructor(private clock: Clock) {}

  /** True when the customer was reachable until now. */
  async handle(input: UnreachableInput, trx?: Trx): Promise<boolean> {
    return trx ? this.#mark(trx, input) : transaction((own) => this.#mark(own, input))
  }

  async #mark(trx: Trx, { customerId, reason, attemptedAt }: UnreachableInput) {
    const now = this.clock.now()
    const result = await trx.rawQuery(
      `UPDATE customers SET unreachable_at = ?, unreachable_reason = ?, updated_at = ?
       WHERE id = ? AND unreachable_at IS NULL AND last_active_at <= ?`,
      [now, reason.slice(0, 200), now, customerId, attemptedAt ?? now]
    )
    return affectedRows(result) === 1
  }
}
