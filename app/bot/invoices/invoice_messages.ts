import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { Trx } from '#core/database/transaction'
import { STATE_SQL, type InvoiceView } from '#bot/invoices/invoice_view'

const TABLE = 'bot_invoice_messages'

export interface InvoiceMessage {
  id: number
  chatId: number
  messageId: number
  customerId: number
  invoiceId: number
  state: string
}

/** Messages of the bot that show an invoice which goes on. */
@inject()
export class InvoiceMessages {
  constructor(private clock: Clock) {}

  /**
   * The message shows that from now on, and is followed until nothing can come of it any more. One that is owed has no
   * number yet, so it stays as it is.
   */
  async follow(message: Omit<InvoiceMessage, 'id' | 'state'>, { state, isFinal }: InvoiceView) {
    if (message.messageId === 0) return
    const place = { chat_id: message.chatId, message_id: message.messageId }
    if (isFinal) return void (await db.from(TABLE).where(place).delete())
    const shown = { customer_id: message.customerId, invoice_id: message.invoiceId, state }
    await db
      .knexQuery()
      .table(TABLE)
      .insert({ ...place, ...shown, created_at: this.clock.now() })
      .onConflict(['chat_id', 'message_id'])
      .merge(['customer_id', 'invoice_id', 'state'])
  }

  /** Messages that show less than what is known of their invoice. */
  async outdated(limit: number): Promise<InvoiceMessage[]> {
    const rows = await db
      .from(`${TABLE} as shown`)
      .join('invoices', 'invoices.id', 'shown.invoice_id')
      .whereRaw(`shown.state <> ${STATE_SQL}`)
      .orderBy('shown.id')
      .limit(limit)
      .select('shown.id', 'shown.chat_id', 'shown.message_id', 'shown.customer_id', 'shown.invoice_id', 'shown.state')
    return rows.map(toMessage)
  }

  /** Notes that the message is about to show that. False when somebody else has changed it meanwhile. */
  async move(trx: Trx, { id, state }: InvoiceMessage, view: InvoiceView): Promise<boolean> {
    const moved = await trx.from(TABLE).where({ id, state }).update({ state: view.state })
    if (Number(moved) !== 1) return false
    if (view.isFinal) await trx.from(TABLE).where({ id }).delete()
    return true
  }
}

const toMessage = (row: any): InvoiceMessage => ({
  id: row.id,
  chatId: row.chat_id,
  messageId: row.message_id,
  customerId: row.customer_id,
  invoiceId: row.invoice_id,
  state: row.state,
})
