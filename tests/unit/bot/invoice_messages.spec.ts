import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { InvoiceMessages } from '#bot/invoices/invoice_messages'
import type { InvoiceView } from '#bot/invoices/invoice_view'
import { resetDatabase } from '#tests/support/database'
import { TestClock } from '#tests/support/test_clock'

test.group('InvoiceMessages', (group) => {
  group.each.setup(() => resetDatabase())

  test('given a message that is owed, when it shows an invoice, then nothing is followed', async ({ assert }) => {
    const messages = new InvoiceMessages(new TestClock())
    const view = { state: 'waiting', isFinal: false } as InvoiceView
    await messages.follow({ chatId: 1, messageId: 0, customerId: 1, invoiceId: 1 }, view)
    assert.isNull(await db.from('bot_invoice_messages').first())
  })
})
