import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import Customer from '#customers/models/customer'
import Invoice from '#payments/models/invoice'
import { MarkDelivered } from '#stars/actions/mark_delivered'
import StarOrder from '#stars/models/star_order'
import { resetDatabase } from '#tests/support/database'
import { balanceOf, givenBalance, money, valueOf } from '#tests/support/payments/given'
import { ADMIN } from '#tests/support/stars/world'
import { eventually } from '#tests/support/telegram/sender_world'
import { TradingWorld } from '#tests/support/trading_world'

test.group('Bot: from the chat to the goods', (group) => {
  let world: TradingWorld

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    world = await new TradingWorld().open()
    return () => world.close()
  })

  async function givenAnna() {
    const person = world.sandbox.customer({ first_name: 'Anna', username: 'anna_k', language_code: 'en' })
    world.sandbox.start(person)
    await world.sandbox.waitForMessage(person, { button: 'Balance' })
    return { person, anna: await Customer.findByOrFail('telegramId', person.id) }
  }

  type Person = Awaited<ReturnType<typeof givenAnna>>['person']

  /** From the menu's command to the invoice's message. */
  async function givenTopUp(person: Person, way: string) {
    world.sandbox.say(person, '/recharge')
    const message = await world.sandbox.waitForMessage(person, { text: 'Top up' })
    await world.press(person, message, '50', { button: way })
    await world.press(person, message, way, { button: 'Pay' })
    return { message, invoice: await Invoice.firstOrFail() }
  }

  function payAtProvider({ provider, providerInvoiceId }: Invoice) {
    const { cryptoPay, heleket } = world.sandbox
    return provider === 'heleket' ? heleket.pay(providerInvoiceId!) : cryptoPay.pay(Number(providerInvoiceId))
  }

  async function delivered() {
    const order = await StarOrder.firstOrFail()
    await eventually(async () => {
      await order.refresh()
      return order.status === 'fulfilling'
    })
    const deliver = await app.container.make(MarkDelivered)
    valueOf(await deliver.handle({ orderId: order.id, actor: ADMIN }))
  }

  test('given {way}, when a top-up is paid there, then the balance has it and the same message says so')
    .with([{ way: 'Crypto Pay' }, { way: 'Heleket' }])
    .run(async ({ assert }, { way }) => {
      const { person, anna } = await givenAnna()
      const { message, invoice } = await givenTopUp(person, way)
      payAtProvider(invoice)
      await world.webhooksDone()
      const edited = await world.sandbox.waitForEdit(person, message, { text: 'Topped up by 50' })
      assert.equal(edited.message_id, message.message_id)
      const notice = await world.sandbox.waitForMessage(person, { text: 'has arrived' })
      assert.isAbove(notice.message_id, message.message_id)
      assert.equal(String(await balanceOf(anna.id)), '50.000000000 TON')
    })

  test('given Telegram Stars, when a top-up is paid in the chat, then the balance has it once', async ({ assert }) => {
    await world.givenStarRate('0.01')
    const { person, anna } = await givenAnna()
    const { message, invoice } = await givenTopUp(person, 'Telegram Stars')
    assert.equal(invoice.chargeAmount, 5000n)
    assert.match(invoice.payUrl!, /^https:\/\/t\.me\/\$/)
    assert.containSubset(await world.sandbox.pay(person, invoice.payUrl!), { paid: true })
    await world.sandbox.waitForEdit(person, message, { text: 'Topped up by 50' })
    assert.equal(String(await balanceOf(anna.id)), '50.000000000 TON')
    assert.containSubset(await world.sandbox.pay(person, invoice.payUrl!), { paid: false })
    assert.equal(String(await balanceOf(anna.id)), '50.000000000 TON')
  })

  test('given a customer banned meanwhile, when they pay in Stars, then Telegram is told no', async ({ assert }) => {
    await world.givenStarRate('0.01')
    const { person, anna } = await givenAnna()
    const { invoice } = await givenTopUp(person, 'Telegram Stars')
    await anna.merge({ bannedAt: Date.now(), banReason: 'Fraud' } as any).save()
    const outcome = await world.sandbox.pay(person, invoice.payUrl!)
    assert.isFalse(outcome.paid)
    assert.include(outcome.error!, 'access to this bot is closed')
  })

  test('given Stars from the balance, when bought and delivered, then one message tells all of it', async ({
    assert,
  }) => {
    const { person, anna } = await givenAnna()
    await givenBalance(anna.id, money('100'))
    world.sandbox.say(person, '/buy_stars 60')
    const message = await world.sandbox.waitForMessage(person, { button: 'From the balance' })
    await world.press(person, message, 'From the balance', { button: 'Buy for 60' })
    await world.press(person, message, 'Buy for 60', { text: 'Paid' })
    await delivered()
    await world.sandbox.waitForEdit(person, message, { text: 'Delivered' })
    assert.equal(world.sandbox.answers(person).at(-1)!.message_id, message.message_id)
    assert.equal(String(await balanceOf(anna.id)), '40.000000000 TON')
  })

  test('given Stars for somebody else by invoice, when paid and delivered, then one message tells all of it', async ({
    assert,
  }) => {
    const { person } = await givenAnna()
    world.sandbox.say(person, '/buy_stars 60')
    const message = await world.sandbox.waitForMessage(person, { button: 'somebody else' })
    await world.press(person, message, 'somebody else', { text: 'Whom are the Stars for' })
    world.sandbox.say(person, '@boris_77')
    const offer = await world.sandbox.waitForMessage(person, { text: '@boris_77' })
    await world.press(person, offer, 'Heleket', { button: 'Buy for 60' })
    await world.press(person, offer, 'Buy for 60', { button: 'Pay' })

    const invoice = await Invoice.firstOrFail()
    payAtProvider(invoice)
    await world.webhooksDone()
    await world.sandbox.waitForEdit(person, offer, { text: /Paid|way/ })
    await delivered()
    await world.sandbox.waitForEdit(person, offer, { text: 'Delivered' })
    const order = await StarOrder.firstOrFail()
    assert.equal(order.recipientUsername, 'boris_77')
    assert.equal(order.status, 'fulfilled')
  })
})
