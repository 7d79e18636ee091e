import type { ContainerResolver } from '@adonisjs/core/container'
import { Settings } from '#core/contracts/settings'
import type { Tick } from '#core/contracts/ticks'
import { transaction } from '#core/database/transaction'
import { defaultTimeZone } from '#broadcasts/settings'
import { LiveMessages } from '#notifications/outbox/live_messages'
import Invoice from '#payments/models/invoice'
import { InvoiceMessages, type InvoiceMessage } from '#bot/invoices/invoice_messages'
import { invoiceView } from '#bot/invoices/invoice_view'

const BATCH = 100

/**
 * Changes the messages whose invoice has gone on. The new words and the note that they are shown are written
 * together, so each state is shown once, whichever process dies.
 */
export function followTick(container: Pick<ContainerResolver<any>, 'make'>): Tick {
  return {
    name: 'bot.follow_invoices',
    everyMs: 1000,
    async run(signal) {
      const messages = await container.make(InvoiceMessages)
      const live = await container.make(LiveMessages)
      const settings = await container.make(Settings)
      const zone = await settings.get(defaultTimeZone)
      for (const message of await messages.outdated(BATCH)) {
        if (signal.aborted) return
        await rewrite({ messages, live, zone }, message)
      }
    },
  }
}

interface Parts {
  messages: InvoiceMessages
  live: LiveMessages
  /** Of customers who have chosen none. */
  zone: string
}

async function rewrite({ messages, live, zone }: Parts, message: InvoiceMessage) {
  const invoice = await Invoice.query().where('id', message.invoiceId).preload('customer').firstOrFail()
  const { language: locale, timeZone } = invoice.customer
  const view = invoiceView(invoice, { locale, timeZone: timeZone ?? zone })
  await transaction(async (trx) => {
    if (!(await messages.move(trx, message, view))) return
    const { template, params, buttons, state: change } = view
    const { chatId, messageId, customerId } = message
    const content = { type: 'PAYMENT' as const, chatId, customerId, template, params, buttons }
    await live.write(trx, { ...content, key: `invoice_message:${message.id}`, change, messageId })
  })
}
