import { test } from '@japa/runner'
import Customer from '#customers/models/customer'
import Invoice from '#payments/models/invoice'
import PaymentBreak from '#payments/models/payment_break'
import { ProviderRefusal, ProviderUnreachable } from '#payments/providers/provider_errors'
import { screenOf, startTestBot, toastOf, type ApiCall, type TestBot } from '#tests/support/bot'
import { resetDatabase } from '#tests/support/database'
import { FakeProvider } from '#tests/support/payments/fake_provider'
import { balanceOf, createInvoice, givenPayments } from '#tests/support/payments/given'
import { seen } from '#tests/support/seen'
import { ANNA, callbackUpdate } from '#tests/support/updates'

const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)

test.group('Bot: invoices of top-ups', (group) => {
  let bot: TestBot
  let cryptoPay: FakeProvider
  let heleket: FakeProvider

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    heleket = new FakeProvider('heleket')
    const { provider, restore } = givenPayments(heleket)
    cryptoPay = provider
    bot = await startTestBot()
    return restore
  })

  /** From the amount to the invoice of the first way. */
  async function givenInvoice(amount = '100') {
    const ways = screenOf(await bot.say(`/recharge ${amount}`))
    const pay = ways.data('Crypto Pay')
    await bot.press(pay)
    const invoice = await Invoice.firstOrFail()
    return { pay, invoice }
  }

  test('given a way to pay, when pressed, then the same message is the invoice with a link to pay', async ({
    assert,
  }) => {
    const ways = screenOf(await bot.say('/recharge 100'))
    const screen = screenOf(await bot.press(ways.data('Crypto Pay')))
    const invoice = await Invoice.firstOrFail()
    assert.equal(screen.method, 'editMessageText')
    assert.include(seen(screen.text), 'To pay: <b>100 TON</b>')
    assert.include(screen.text, 'Pay before: <b>1:00 PM</b>')
    assert.include(screen.text, invoice.reference)
    assert.equal(screen.buttons[0].url, invoice.payUrl!)
    assert.equal(String(invoice.money), '100.000000000 TON')
    const session = await bot.deps.sessions.read(ANNA.id)
    assert.isUndefined(session.drafts.top_up)
  })

  test('given a second press of the same way, when it comes, then there is one invoice', async ({ assert }) => {
    const { pay, invoice } = await givenInvoice()
    const again = screenOf(await bot.press(pay))
    assert.include(again.text, invoice.reference)
    await bot.receive(callbackUpdate(pay))
    assert.lengthOf(await Invoice.all(), 1)
    assert.equal(cryptoPay.count('create'), 1)
  })

  test('given an unpaid invoice, when checked, then the customer hears that nothing has come', async ({ assert }) => {
    const { invoice } = await givenInvoice()
    const calls = await bot.press(`1n:check_invoice:${invoice.id}`)
    assert.include(toastOf(calls)!, 'Nothing has arrived yet')
    assert.equal(screenOf(calls).method, 'editMessageText')
  })

  test('given a provider that does not answer, when checked, then the customer hears that nothing is lost', async ({
    assert,
  }) => {
    const { invoice } = await givenInvoice()
    cryptoPay.fail('fetch', ...Array.from({ length: 3 }, () => new ProviderUnreachable('crypto_pay', 'no answer')))
    const calls = await bot.press(`1n:check_invoice:${invoice.id}`)
    assert.include(toastOf(calls)!, 'Crypto Pay does not answer right now')
    assert.include(textOf(calls), 'To pay')
  })

  test('given a paid invoice, when checked, then the money is there once and the message says so', async ({
    assert,
  }) => {
    const { invoice } = await givenInvoice()
    cryptoPay.pay(invoice.providerInvoiceId!)
    const calls = await bot.press(`1n:check_invoice:${invoice.id}`)
    await bot.press(`1n:check_invoice:${invoice.id}`)
    assert.include(toastOf(calls)!, 'It has arrived')
    const screen = screenOf(calls)
    assert.include(seen(screen.text), 'Topped up by 100 TON')
    assert.isFalse(screen.labels.some((label) => /Pay|Cancel/.test(label)))
    assert.equal(String(await balanceOf(invoice.customerId)), '100.000000000 TON')
    assert.include(textOf(await bot.say('/balance')), '<b>100 TON</b>')
  })

  test('given an invoice, when cancelled and then paid all the same, then nothing is credited and a person sees it', async ({
    assert,
  }) => {
    const { invoice } = await givenInvoice()
    const cancelled = screenOf(await bot.press(`1n:cancel_invoice:${invoice.id}`))
    assert.include(cancelled.text, 'cancelled')
    assert.deepEqual(cryptoPay.cancelled, [invoice.providerInvoiceId])

    cryptoPay.pay(invoice.providerInvoiceId!)
    assert.include(toastOf(await bot.press(`1n:check_invoice:${invoice.id}`))!, 'cancelled')
    assert.equal(String(await balanceOf(invoice.customerId)), '0.000000000 TON')
  })

  test("given somebody else's invoice, when its buttons are pressed, then they lead nowhere", async ({ assert }) => {
    const { invoice } = await givenInvoice()
    const boris = { ...ANNA, id: 6_000_000_002 }
    for (const action of ['invoice', 'check_invoice', 'cancel_invoice']) {
      assert.include(toastOf(await bot.press(`1n:${action}:${invoice.id}`, boris))!, 'leads nowhere')
    }
    await invoice.refresh()
    assert.equal(invoice.status, 'pending')
  })

  test('given a provider that fails, when chosen, then that is said and the others are offered', async ({ assert }) => {
    const ways = screenOf(await bot.say('/recharge 100'))
    cryptoPay.fail('create', new ProviderRefusal('crypto_pay', 'AMOUNT_TOO_SMALL', false))
    const calls = await bot.press(ways.data('Crypto Pay'))
    assert.include(toastOf(calls)!, 'Crypto Pay did not accept this payment')
    const again = screenOf(calls)
    assert.include(again.labels, '🪙 Heleket')
    await bot.press(again.data('Heleket'))
    const paying = await Invoice.query().where('status', 'pending')
    assert.deepEqual(
      paying.map(({ provider }) => provider),
      ['heleket']
    )
  })

  test('given providers that are down, when the ways are shown, then that is told and the rest is offered', async ({
    assert,
  }) => {
    const breakDown = async (provider: FakeProvider) => {
      const faults = Array.from({ length: 5 }, () => new ProviderUnreachable(provider.name, 'no answer'))
      provider.fail('create', ...faults)
      for (let count = 0; count < 5; count++) await createInvoice(anna.id, { provider: provider.name })
    }
    await bot.say('/start')
    const anna = await Customer.findByOrFail('telegramId', ANNA.id)
    const before = screenOf(await bot.say('/recharge 100'))
    await breakDown(cryptoPay)
    const pressed = await bot.press(before.data('Crypto Pay'))
    assert.include(toastOf(pressed)!, 'Crypto Pay does not work at the moment')
    const without = screenOf(pressed)
    assert.include(without.text, 'Out of service at the moment: Crypto Pay.')
    assert.deepEqual(without.labels, ['🪙 Heleket', '⬅️ Back', '🏠 Home'])

    await breakDown(heleket)
    const none = screenOf(await bot.say('/recharge 100'))
    assert.include(none.text, 'No way of paying works right now')
    assert.deepEqual(none.labels, ['🔄 Try again', '⬅️ Back', '🏠 Home'])
  })

  test('given an invoice that expired, when it is paid after all, then nothing is credited and a person decides', async ({
    assert,
  }) => {
    const { invoice } = await givenInvoice()
    cryptoPay.change(invoice.providerInvoiceId!, { state: 'expired' })
    const expired = await bot.press(`1n:check_invoice:${invoice.id}`)
    assert.include(toastOf(expired)!, 'time to pay is over')
    assert.include(textOf(expired), 'make a new one')
    cryptoPay.pay(invoice.providerInvoiceId!)
    await bot.press(`1n:check_invoice:${invoice.id}`)
    assert.equal(String(await balanceOf(invoice.customerId)), '0.000000000 TON')
    const [late, ...others] = await PaymentBreak.all()
    assert.isEmpty(others)
    assert.equal(late.kind, 'late')
  })
})
