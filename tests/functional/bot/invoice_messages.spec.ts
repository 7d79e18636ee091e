import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { parseJson } from '#core/database/columns'
import { AskProvider } from '#payments/actions/ask_provider'
import Invoice from '#payments/models/invoice'
import { followTick } from '#bot/invoices/follow_tick'
import { screenOf, startTestBot, toastOf, type TestBot } from '#tests/support/bot'
import { resetDatabase } from '#tests/support/database'
import type { FakeProvider } from '#tests/support/payments/fake_provider'
import { givenPayments, money } from '#tests/support/payments/given'

const MESSAGE = 1

test.group('Bot: messages of invoices', (group) => {
  let bot: TestBot
  let provider: FakeProvider

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    const payments = givenPayments()
    provider = payments.provider
    bot = await startTestBot()
    return payments.restore
  })

  async function givenInvoice() {
    const ways = screenOf(await bot.say('/recharge 100'))
    const pay = ways.data('Crypto Pay')
    await bot.press(pay)
    return { pay, invoice: await Invoice.firstOrFail() }
  }

  async function ask(invoice: Invoice) {
    const action = await app.container.make(AskProvider)
    await action.handle(invoice.id)
    await invoice.refresh()
  }

  const tick = () => followTick(app.container).run(new AbortController().signal)

  /** What the message has become, in order. */
  async function edits() {
    const rows = await db.from('notifications').where('operation', 'edit').orderBy('id')
    return rows.map((row) => ({
      message: row.target_message_id,
      template: row.template,
      params: parseJson<Record<string, unknown>>(row.params),
    }))
  }

  const followed = () => db.from('bot_invoice_messages')

  test('given nothing new, when looked at, then the message is left alone', async ({ assert }) => {
    await givenInvoice()
    await tick()
    assert.isEmpty(await edits())
    assert.lengthOf(await followed(), 1)
  })

  test('given a payment, when it has come, then the message says so once and is followed no more', async ({
    assert,
  }) => {
    const { invoice } = await givenInvoice()
    provider.pay(invoice.providerInvoiceId!)
    await ask(invoice)
    await tick()
    await tick()
    const [edit, ...others] = await edits()
    assert.isEmpty(others)
    assert.containSubset(edit, { message: MESSAGE, template: 'live.invoice_paid' })
    assert.deepEqual(edit.params!.amount, { amount: '100.000000000', currency: 'TON' })
    assert.isEmpty(await followed())
  })

  test('given less than was asked for, when the rest follows, then the message shows each step', async ({ assert }) => {
    const { invoice } = await givenInvoice()
    for (const [amount, state] of [
      ['40', 'short'],
      ['100', 'paid'],
    ] as const) {
      provider.pay(invoice.providerInvoiceId!, money(amount), state)
      await ask(invoice)
      await tick()
    }
    const steps = await edits()
    assert.deepEqual(
      steps.map(({ template, params }) => [template, (params!.received as { amount: string }).amount]),
      [
        ['live.invoice_underpaid', '40.000000000'],
        ['live.invoice_paid', '100.000000000'],
      ]
    )
  })

  test('given a part of the sum, when checked, then the customer hears of it and the message asks for the rest', async ({
    assert,
  }) => {
    const { invoice } = await givenInvoice()
    provider.pay(invoice.providerInvoiceId!, money('40'), 'partial')
    await ask(invoice)
    await tick()
    const [edit] = await edits()
    assert.containSubset(edit, {
      template: 'live.invoice_pending',
      params: { has_received: 'yes', received: '40\u00A0TON' },
    })
    const calls = await bot.press(`1n:check_invoice:${invoice.id}`)
    assert.include(toastOf(calls)!, 'A part has arrived')
    assert.include(screenOf(calls).text, 'Received so far: <b>40')
  })

  test('given the same invoice in two messages, when it is paid, then both change', async ({ assert }) => {
    const { invoice } = await givenInvoice()
    await bot.press(`1n:invoice:${invoice.id}`)
    provider.pay(invoice.providerInvoiceId!)
    await ask(invoice)
    await tick()
    const changed = await edits()
    assert.lengthOf(new Set(changed.map(({ message }) => message)), 2)
  })

  test('given a check that shows the payment first, when looked at, then nothing is left to change', async ({
    assert,
  }) => {
    const { invoice } = await givenInvoice()
    provider.pay(invoice.providerInvoiceId!)
    await bot.press(`1n:check_invoice:${invoice.id}`)
    await tick()
    assert.isEmpty(await edits())
  })

  test('given an expired invoice, when it closes, then the message tells not to pay it', async ({ assert }) => {
    const { invoice } = await givenInvoice()
    provider.change(invoice.providerInvoiceId!, { state: 'expired' })
    await ask(invoice)
    await tick()
    const [edit] = await edits()
    assert.equal(edit.template, 'live.invoice_expired')
  })
})
