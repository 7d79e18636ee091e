import { inject } from '@adonisjs/core'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { Outbox } from '#core/contracts/outbox'
import { transaction } from '#core/database/transaction'
import Customer from '#customers/models/customer'

/** Telegram's limit for a text message, in UTF-16 units. */
export const TEXT_MAX_LENGTH = 4096

export interface WriteInput {
  customerId: number
  /** Sent as it is, without markup. */
  text: string
  actor: Actor
}

/**
 * Sends one message of an admin to one customer. The audit log keeps its length only: the text goes with the
 * customer's data. Refuses `text_required`, `text_too_long`, `customer_not_found` or `customer_anonymised`.
 */
@inject()
export class WriteToCustomer {
  constructor(
    private outbox: Outbox,
    private audit: Audit
  ) {}

  async handle({ customerId, text: raw, actor }: WriteInput) {
    const text = raw.replaceAll('\r\n', '\n').trim()
    if (!text) return refuse('text_required')
    if (text.length > TEXT_MAX_LENGTH) return refuse('text_too_long', { max: TEXT_MAX_LENGTH })

    return transaction(async (trx) => {
      const customer = await Customer.find(customerId, { client: trx })
      if (!customer) return refuse('customer_not_found')
      if (customer.isAnonymised) return refuse('customer_anonymised')

      await this.outbox.write(trx, {
        type: 'SUPPORT',
        chatId: customer.telegramId,
        customerId: customer.id,
        template: 'plain',
        params: { text },
      })
      await this.audit.record(trx, {
        actor,
        action: 'customer.written_to',
        subjectType: 'customer',
        subjectId: customer.id,
        after: { characters: text.length },
      })
      return ok(customer)
    })
  }
}
