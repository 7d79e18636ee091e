import { test } from '@japa/runner'
import Invoice from '#payments/models/invoice'
import { ProviderRefusal } from '#payments/providers/provider_errors'
import { topUpEnabled } from '#payments/settings'
import { screenOf, startTestBot, toastOf, type ApiCall, type TestBot } from '#tests/support/bot'
import { resetDatabase } from '#tests/support/database'
import { FakeProvider } from '#tests/support/payments/fake_provider'
import { balanceOf, givenPayments } from '#tests/support/payments/given'
import { seen } from '#tests/support/seen'
import { ANNA, callbackUpdate } from '#tests/support/updates'

const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)

test.group('Bot: top-up', (group) => {
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

  test('given the balance, when a top-up is begun, then amounts are offered and the ways follow', async ({
    assert,
  }) => {
    const balance = screenOf(await bot.say('/balance'))
    assert.include(seen(balance.text), '<b>10,000 PRED</b>')
    assert.include(seen(balance.text), 'given as a gift: 10,000 PRED')
    const amounts = screenOf(await bot.press(balance.data('Top up')))
    assert.equal(amounts.method, 'editMessageText')
    assert.include(seen(amounts.text), 'from 10 TON to 10,000 TON')
    assert.deepEqual(amounts.labels.slice(0, 4).map(seen), ['10 TON', '50 TON', '100 TON', '500 TON'])

    const ways = screenOf(await bot.press(amounts.data('50')))
    assert.include(seen(ways.text), 'Top-up by 50 TON')
    assert.deepEqual(ways.labels, ['💎 Crypto Pay', '🪙 Heleket', '⬅️ Back', '🏠 Home'])
  })

  test('given {text} as an amount, when written, then it is understood as {amount}')
    .with([
      { text: '1 000,50', amount: '1,000.50 TON' },
      { text: '1\u00A0000.5', amount: '1,000.50 TON' },
      { text: ' 10 ', amount: '10 TON' },
      { text: '99.999999999 ton', amount: '99.999999999 TON' },
      { text: '10000', amount: '10,000 TON' },
    ])
    .run(async ({ assert }, { text, amount }) => {
      await bot.say('/recharge')
      assert.include(textOf(await bot.say(text)), `Top-up by ${amount}`)
    })

  test('given {text} as an amount, when written, then a hint says what to do and another one can follow')
    .with([
      { text: '0', hint: 'too little: the least is 10 TON' },
      { text: '9.999999999', hint: 'too little' },
      { text: '-50', hint: 'can’t read that as an amount' },
      { text: '10.0000000001', hint: 'nine decimals at most' },
      { text: '10000.000000001', hint: 'the most is 10,000 TON' },
      { text: '9'.repeat(400), hint: 'too much' },
      { text: '1,000', hint: '1 000.50' },
      { text: '1.000,50', hint: '1 000.50' },
      { text: '1e3', hint: 'can’t read' },
      { text: 'a hundred', hint: 'can’t read' },
      { text: '٥٠', hint: 'can’t read' },
      { text: '<b>50', hint: 'can’t read' },
    ])
    .run(async ({ assert }, { text, hint }) => {
      await bot.say('/recharge')
      assert.include(textOf(await bot.say(text)), hint)
      assert.include(textOf(await bot.say('50')), 'Top-up by 50 TON')
      assert.isNull(await Invoice.first())
    })

  test('given a command with the amount in {language}, when it is ambiguous, then the hint is in that language')
    .with([
      { language: 'ru', words: 'Пишите тысячи через пробел' },
      { language: 'uk', words: 'Пишіть тисячі через пробіл' },
    ])
    .run(async ({ assert }, { language, words }) => {
      const from = { ...ANNA, language_code: language }
      assert.include(textOf(await bot.say('/recharge 1,000', from)), words)
      assert.include(textOf(await bot.say('/recharge 1 000,50', from)), '1 000,50 TON')
    })

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

  test('given top-ups switched off, when asked for, then that is said and no way leads there', async ({ assert }) => {
    bot.settings.set(topUpEnabled, false)
    assert.notInclude(screenOf(await bot.say('/balance')).labels, '➕ Top up')
    assert.include(textOf(await bot.say('/recharge 50')), 'switched off')
    assert.include(textOf(await bot.press('1:top_up')), 'switched off')
  })

  test('given five payments in a minute, when a sixth is begun, then the answer says how long to wait', async ({
    assert,
  }) => {
    for (let count = 0; count < 5; count++) await bot.press(screenOf(await bot.say('/recharge 10')).data('Crypto Pay'))
    const calls = await bot.press(screenOf(await bot.say('/recharge 10')).data('Crypto Pay'))
    assert.include(toastOf(calls)!, 'You can go on in 60 seconds')
    assert.lengthOf(await Invoice.all(), 5)
  })

  test('given an interrupted top-up, when the customer comes back, then it is offered and can be left', async ({
    assert,
  }) => {
    await bot.say('/recharge 75')
    const offered = screenOf(await bot.say('/start'))
    assert.include(offered.text, 'a top-up')
    assert.include(textOf(await bot.press(offered.data('Go on'))), 'Top-up by 75 TON')
    assert.include(textOf(await bot.say('/cancel')), 'Cancelled')
    assert.include(textOf(await bot.say('/start')), 'Welcome back')
    assert.include(textOf(await bot.say('50')), 'don’t know what to do')
  })
})
