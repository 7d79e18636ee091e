import { test } from '@japa/runner'
import Customer from '#customers/models/customer'
import Invoice from '#payments/models/invoice'
import { ProviderRefusal } from '#payments/providers/provider_errors'
import StarOrder from '#stars/models/star_order'
import { basePrice } from '#stars/settings'
import { CustomerFactory } from '#database/factories/customer_factory'
import { screenOf, startTestBot, toastOf, type ApiCall, type TestBot } from '#tests/support/bot'
import { givenBalance, money, valueOf } from '#tests/support/payments/given'
import { seen } from '#tests/support/seen'
import { StarsWorld } from '#tests/support/stars/world'
import { ANNA } from '#tests/support/updates'

const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)

test.group('Bot: buying Stars', (group) => {
  const world = new StarsWorld()
  let bot: TestBot
  let anna: Customer

  group.each.setup(async () => {
    await world.setup()
    bot = await startTestBot()
    anna = await CustomerFactory.merge({ telegramId: ANNA.id, username: ANNA.username }).create()
    return () => world.teardown()
  })

  /** From an amount to the confirmation. */
  async function givenConfirmation(way: string, stars = '60') {
    const offer = screenOf(await bot.say(`/buy_stars ${stars}`))
    return screenOf(await bot.press(offer.data(way)))
  }

  test('given enough on the balance, when confirmed, then the Stars are bought once and the message is the order', async ({
    assert,
  }) => {
    await givenBalance(anna.id, money('100'))
    const confirm = await givenConfirmation('From the balance')
    assert.include(seen(confirm.text), 'Price: <b>60 TON</b>')
    assert.include(seen(confirm.text), 'Stars: <b>60 ⭐</b>')
    assert.include(confirm.text, 'you (@anna_k)')
    const buy = confirm.data('Buy for 60')
    const bought = screenOf(await bot.press(buy))
    const again = screenOf(await bot.press(buy))

    const [order, ...others] = await StarOrder.all()
    assert.isEmpty(others)
    assert.equal(order.status, 'paid')
    assert.equal(order.messageId, 1)
    for (const screen of [bought, again]) {
      assert.equal(screen.method, 'editMessageText')
      assert.include(screen.text, order.reference)
      assert.isTrue(screen.buttons.every(({ callback_data: data }) => data!.startsWith('1n:')))
    }
    assert.equal(String(await world.balance(anna)), '40.000000000 TON')
    assert.isEmpty(await world.told(anna))
    assert.include(textOf(await bot.say('/start')), 'Welcome back')
  })

  test('given too little on the balance, when chosen, then it says how much is missing and offers the top-up', async ({
    assert,
  }) => {
    await givenBalance(anna.id, money('12.5'))
    const short = await givenConfirmation('From the balance')
    assert.include(seen(short.text), 'Missing: <b>47.50 TON</b>')
    const ways = screenOf(await bot.press(short.data('Top up by 48')))
    assert.include(seen(ways.text), 'Top-up by 48 TON')
    assert.include(textOf(await givenScreen('From the balance', '13')), 'Missing: <b>0.50 TON</b>')
  })

  const givenScreen = async (way: string, stars: string) => {
    const offer = screenOf(await bot.say(`/buy_stars ${stars}`))
    return bot.press(offer.data(way))
  }

  test('given money that went elsewhere meanwhile, when confirmed, then nothing is bought and the rest is told', async ({
    assert,
  }) => {
    await givenBalance(anna.id, money('60'))
    const confirm = await givenConfirmation('From the balance')
    await world.bought(anna, { choice: { stars: 20 } })
    assert.include(textOf(await bot.press(confirm.data('Buy'))), 'Missing: <b>20 TON</b>')
    assert.lengthOf(await StarOrder.all(), 1)
  })

  test('given a price that changed since, when confirmed, then the new one is asked for first', async ({ assert }) => {
    await givenBalance(anna.id, money('200'))
    const confirm = await givenConfirmation('From the balance')
    await world.set(basePrice, '2')
    const changed = screenOf(await bot.press(confirm.data('Buy for 60')))
    assert.include(changed.text, 'The price has changed')
    assert.include(seen(changed.text), 'Price: <b>120 TON</b>')
    assert.isNull(await StarOrder.first())

    assert.include(toastOf(await bot.press(confirm.data('Buy for 60')))!, 'no longer there')
    await bot.say('/buy_stars 60')
    assert.isNull(await StarOrder.first())
  })

  test('given the changed price, when confirmed, then the Stars cost that', async ({ assert }) => {
    await givenBalance(anna.id, money('200'))
    const confirm = await givenConfirmation('From the balance')
    await world.set(basePrice, '2')
    const changed = screenOf(await bot.press(confirm.data('Buy')))
    await bot.press(changed.data('Buy for 120'))
    const order = await StarOrder.firstOrFail()
    assert.equal(String(order.total), '120.000000000 TON')
  })

  test('given an invoice, when confirmed twice, then there is one order, one invoice and a link to pay', async ({
    assert,
  }) => {
    const { id } = await world.package()
    await bot.say('/buy_stars')
    const offer = screenOf(await bot.press(`1:star_package:${id}`))
    const confirm = screenOf(await bot.press(offer.data('Crypto Pay')))
    assert.include(seen(confirm.text), '110 ⭐</b> (with a bonus of 10)')
    const buy = confirm.data('Buy for 95')
    const toPay = screenOf(await bot.press(buy))
    await bot.press(buy)

    const [order, ...others] = await StarOrder.all()
    const [invoice, ...more] = await Invoice.all()
    assert.isEmpty([...others, ...more])
    assert.equal(order.status, 'awaiting_payment')
    assert.include(seen(toPay.text), 'To pay: <b>95 TON</b>')
    assert.equal(toPay.buttons[0].url, invoice.payUrl!)
    assert.isEmpty(await world.told(anna))

    await world.pay(invoice)
    assert.deepEqual(await world.told(anna), ['edit star_order_paid'])
    const checked = await bot.press(toPay.data('Check'))
    assert.include(toastOf(checked)!, 'It has arrived')
    assert.include(textOf(checked), 'Paid')
  })

  test('given an unpaid order, when cancelled, then its invoice is too and a later payment buys nothing', async ({
    assert,
  }) => {
    const confirm = await givenConfirmation('Crypto Pay')
    const toPay = screenOf(await bot.press(confirm.data('Buy')))
    const cancelled = screenOf(await bot.press(toPay.data('Cancel')))
    assert.include(cancelled.text, 'Cancelled')
    assert.isEmpty(await world.told(anna))

    const invoice = await Invoice.firstOrFail()
    assert.equal(invoice.status, 'cancelled')
    await world.pay(invoice)
    const order = await StarOrder.firstOrFail()
    assert.equal(order.status, 'cancelled')
    assert.include(toastOf(await bot.press(toPay.data('Cancel')))!, 'can’t be cancelled')
  })

  test('given an invoice that expired, when it is paid after all, then the order stays cancelled and a person decides', async ({
    assert,
  }) => {
    const confirm = await givenConfirmation('Crypto Pay')
    const toPay = screenOf(await bot.press(confirm.data('Buy')))
    const invoice = await Invoice.firstOrFail()
    world.clock.moveTo(invoice.expiresAt + 1)
    world.provider.change(invoice.providerInvoiceId!, { state: 'expired' })
    const checked = await bot.press(toPay.data('Check'))
    assert.include(toastOf(checked)!, 'time to pay is over')
    assert.include(textOf(checked), 'Cancelled')

    await world.pay(invoice)
    const order = await StarOrder.firstOrFail()
    assert.equal(order.status, 'cancelled')
  })

  test('given a provider that refuses, when confirmed, then nothing is owed and the offer is there again', async ({
    assert,
  }) => {
    const confirm = await givenConfirmation('Crypto Pay')
    world.provider.fail('create', new ProviderRefusal('crypto_pay', 'AMOUNT_TOO_SMALL', false))
    const calls = await bot.press(confirm.data('Buy'))
    assert.include(toastOf(calls)!, 'did not accept this payment')
    assert.include(textOf(calls), 'How would you like to pay?')
    const order = await StarOrder.firstOrFail()
    assert.equal(order.status, 'cancelled')
  })

  test('given a customer who is banned meanwhile, when they confirm, then nothing is bought', async ({ assert }) => {
    await givenBalance(anna.id, money('100'))
    const confirm = await givenConfirmation('From the balance')
    await Customer.query().where('id', anna.id).update({ bannedAt: world.clock.now(), banReason: 'Fraud' })
    const calls = await bot.press(confirm.data('Buy'))
    assert.include(toastOf(calls)!, 'access to this bot is closed')
    assert.isNull(await StarOrder.first())
  })

  test('given orders, when listed and opened, then each is there with its state and nobody else sees it', async ({
    assert,
  }) => {
    await givenBalance(anna.id, money('100'))
    const order = await world.bought(anna, {
      choice: { stars: 60 },
      recipient: { kind: 'username', username: 'boris' },
    })
    const list = screenOf(await bot.press('1:star_orders'))
    assert.deepEqual(list.labels.map(seen).slice(0, 1), ['✅ 60 ⭐ · 60 TON'])
    const page = screenOf(await bot.press(list.data('60 ⭐')))
    assert.include(page.text, order.reference)
    assert.include(page.text, '@boris')
    assert.include(seen(page.text), 'Ordered: June 1, 2026 at 12:00 PM')
    assert.include(page.text, 'from the balance')
    assert.includeMembers(page.labels, ['⬅️ Back', '🏠 Home'])

    const asked = valueOf(await world.buyByInvoice(anna, { choice: { stars: 70 } }))
    const ofInvoice = screenOf(await bot.press(`1n:invoice:${asked.invoice.id}`))
    assert.include(ofInvoice.text, asked.order.reference)
    assert.includeMembers(ofInvoice.labels, ['💳 Pay', '🔄 Check the payment', '✖️ Cancel the order', '⬅️ Back'])

    const below = screenOf(await bot.press(`1n:star_order:${order.reference}`))
    assert.equal(below.method, 'sendMessage')
    const boris = { ...ANNA, id: 6_000_000_002, username: 'boris' }
    assert.include(toastOf(await bot.press(`1:star_order:${order.reference}`, boris))!, 'leads nowhere')
  })
})
