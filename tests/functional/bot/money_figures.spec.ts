import { test } from '@japa/runner'
import { CustomerFactory } from '#database/factories/customer_factory'
import { AdminFactory } from '#database/factories/admin_factory'
import { statisticsData } from '#bot/screens/screen_data'
import { screenOf, startTestBot, type TestBot } from '#tests/support/bot'
import { createInvoice, money, valueOf } from '#tests/support/payments/given'
import { seen } from '#tests/support/seen'
import { StarsWorld } from '#tests/support/stars/world'
import { DAY } from '#tests/support/test_clock'
import { ANNA } from '#tests/support/updates'

test.group('Bot: figures of money', (group) => {
  const world = new StarsWorld()
  let bot: TestBot

  group.each.setup(async () => {
    await world.setup()
    bot = await startTestBot()
    return () => world.teardown()
  })

  const givenAnna = () => world.customer({ telegramId: ANNA.id, username: ANNA.username } as any)

  test('given purchases, when My statistics are opened, then orders, Stars and what was spent are there', async ({
    assert,
  }) => {
    const anna = await givenAnna()
    await world.bought(anna, { choice: { stars: 60 } })
    await world.bought(anna, { choice: { stars: 41 } })
    valueOf(await world.buyByInvoice(anna, { choice: { stars: 500 } }))
    const text = seen(screenOf(await bot.press(statisticsData.pack({}))).text)
    assert.include(text, 'Orders: <b>2</b>, 101 Stars')
    assert.include(text, 'Spent altogether: <b>101 TON</b>')
    assert.include(text, 'Earned by inviting: <b>—</b>')
  })

  test('given sales and payments, when an admin asks for /stats, then those of the last day are counted', async ({
    assert,
  }) => {
    await AdminFactory.merge({ role: 'owner', telegramId: ANNA.id }).create()
    const customer = await CustomerFactory.create()
    const early = valueOf(await createInvoice(customer.id, { amount: money('700') }))
    await world.pay(early)
    world.clock.advance(2 * DAY)
    bot.clock.moveTo(world.clock.now())
    const invoice = valueOf(await createInvoice(customer.id, { amount: money('150') }))
    await world.pay(invoice)
    await world.bought(customer, { choice: { stars: 60 } })
    world.clock.advance(1)
    bot.clock.advance(1)

    const text = seen(screenOf(await bot.say('/stats')).text)
    assert.include(text, 'Orders in 24 hours: <b>1</b> (60 TON)')
    assert.include(text, 'Payments in 24 hours: <b>1</b> (150 TON)')
  })
})
