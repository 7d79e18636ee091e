import { test } from '@japa/runner'
import type Customer from '#customers/models/customer'
import StarOrder from '#stars/models/star_order'
import { fragmentMinimum, fulfilmentProvider, starsEnabled } from '#stars/settings'
import { CustomerFactory } from '#database/factories/customer_factory'
import { screenOf, startTestBot, toastOf, type ApiCall, type TestBot } from '#tests/support/bot'
import { givenBalance, money } from '#tests/support/payments/given'
import { seen } from '#tests/support/seen'
import { StarsWorld } from '#tests/support/stars/world'
import { ANNA } from '#tests/support/updates'

const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)

test.group('Bot: Stars shop', (group) => {
  const world = new StarsWorld()
  let bot: TestBot
  let anna: Customer

  group.each.setup(async () => {
    await world.setup()
    bot = await startTestBot()
    anna = await CustomerFactory.merge({ telegramId: ANNA.id, username: ANNA.username }).create()
    return () => world.teardown()
  })

  test('given packages, when the shop opens, then each shows its price, bonus and saving', async ({ assert }) => {
    await world.package()
    await world.package({ stars: 1000, bonus: 100, prices: { TON: money('800') } })
    const menu = screenOf(await bot.say('/menu'))
    const shop = screenOf(await bot.press(menu.data('Buy Stars')))
    assert.equal(shop.method, 'editMessageText')
    assert.include(seen(shop.text), 'from 1 ⭐ to 10,000 ⭐')
    assert.deepEqual(shop.labels.map(seen), [
      '100 + 10 ⭐ · 95 TON · −5%',
      '1,000 + 100 ⭐ · 800 TON · −20%',
      '📦 My orders',
      '⬅️ Back',
      '🏠 Home',
    ])
  })

  test('given a package, when chosen, then both prices are told and whom it is for', async ({ assert }) => {
    await world.package()
    await givenBalance(anna.id, money('40'))
    const shop = screenOf(await bot.say('/buy_stars'))
    const offer = screenOf(await bot.press(shop.data('100 + 10')))
    assert.include(offer.text, '100 Stars + 10 as a bonus')
    assert.include(offer.text, 'you (@anna_k)')
    assert.include(seen(offer.text), 'By invoice: <b>95 TON</b> (you save 5%) for 110 ⭐')
    assert.include(seen(offer.text), 'From the balance: <b>100 TON</b> for 100 ⭐. You have 40 TON')
    assert.deepEqual(offer.labels.map(seen).slice(0, 3), [
      '💎 Crypto Pay · 95 TON',
      '💰 From the balance · 100 TON',
      '🎁 For somebody else',
    ])
  })

  test('given {text} Stars, when written, then they are offered')
    .with(['1', '10 000', '10000', '250 stars', '⭐ 250'].map((text) => ({ text })))
    .run(async ({ assert }, { text }) => {
      await bot.say('/buy_stars')
      assert.match(textOf(await bot.say(text)), /<b>(1 Star|10,000 Stars|250 Stars)<\/b>/)
    })

  test('given {text} Stars, when written, then a hint says what to do')
    .with([
      { text: '0', hint: 'the least is 1 ⭐' },
      { text: '10001', hint: 'the most is 10,000 ⭐' },
      { text: '1.5', hint: 'a Star: please write a whole number' },
      { text: '-3', hint: 'can’t read' },
      { text: '1,000', hint: 'with a space or without anything' },
      { text: '1.000', hint: 'with a space or without anything' },
      { text: '9'.repeat(50), hint: 'the most' },
      { text: 'many', hint: 'can’t read' },
    ])
    .run(async ({ assert }, { text, hint }) => {
      assert.include(textOf(await bot.say(`/buy_stars ${text}`)), hint)
      assert.include(textOf(await bot.say('60')), '60 Stars')
    })

  test('given somebody else, when their username is written, then the Stars are for them', async ({ assert }) => {
    const offer = screenOf(await bot.say('/buy_stars 60'))
    const ask = screenOf(await bot.press(offer.data('somebody else')))
    assert.include(ask.text, 'Whom are the Stars for')
    assert.include(textOf(await bot.say('no name!')), 'no Telegram username')
    assert.include(textOf(await bot.say('@shop_bot')), 'bots can’t be given Stars')
    const changed = screenOf(await bot.say('https://t.me/boris_77'))
    assert.include(changed.text, '<b>@boris_77</b>')
    assert.include(textOf(await bot.press(changed.data('For myself'))), 'you (@anna_k)')
  })

  test('given fewer Stars than Fragment sells, when offered and confirmed, then the minimum is told first', async ({
    assert,
  }) => {
    await world.set(fulfilmentProvider, 'fragment')
    await world.set(fragmentMinimum, 50)
    await givenBalance(anna.id, money('100'))
    const offer = screenOf(await bot.say('/buy_stars 49'))
    assert.include(offer.text, 'automatic from 50 Stars on')
    assert.include(textOf(await bot.press(offer.data('From the balance'))), 'automatic from 50 Stars on')
    assert.notInclude(textOf(await bot.say('/buy_stars 50')), 'automatic from')
  })

  test('given a customer without a username, when they buy for themselves, then they hear what follows', async ({
    assert,
  }) => {
    const nameless = { ...ANNA, id: 6_000_000_003, username: undefined as unknown as string }
    const offer = screenOf(await bot.say('/buy_stars 60', nameless))
    assert.include(offer.text, 'You have no @username')
  })

  test('given the shop switched off, when it is looked for, then it is not there and orders still are', async ({
    assert,
  }) => {
    const offer = screenOf(await bot.say('/buy_stars 60'))
    bot.settings.set(starsEnabled, false)
    assert.notInclude(screenOf(await bot.say('/menu')).labels, '⭐ Buy Stars')
    const off = screenOf(await bot.say('/buy_stars'))
    assert.include(off.text, 'not sold at the moment')
    assert.include(textOf(await bot.press(off.data('My orders'))), 'Nothing yet')
    assert.include(textOf(await bot.press(offer.data('somebody else'))), 'not sold at the moment')
    assert.isNull(await StarOrder.first())
  })

  test('given an offer of long ago, when its button is pressed, then the present shop opens', async ({ assert }) => {
    const offer = screenOf(await bot.say('/buy_stars 60'))
    await bot.say('/cancel')
    const calls = await bot.press(offer.data('From the balance'))
    assert.include(toastOf(calls)!, 'no longer there')
    assert.include(textOf(calls), 'write how many Stars you want'.replace('w', 'W'))
  })

  test('given an interrupted purchase and a top-up, when the customer comes back, then both drafts are there', async ({
    assert,
  }) => {
    await bot.say('/buy_stars 60')
    await bot.say('/recharge 75')
    const session = await bot.deps.sessions.read(ANNA.id)
    assert.sameMembers(Object.keys(session.drafts), ['stars', 'top_up'])
    await bot.say('/cancel')
    const offered = screenOf(await bot.say('/start'))
    assert.include(offered.text, 'a purchase of Stars')
    assert.include(textOf(await bot.press(offered.data('Go on'))), '60 Stars')
  })

  test('given the shop in {language}, when a package is chosen, then it is in that language')
    .with([
      { language: 'ru', offer: '100 звёзд + 10 в подарок', price: 'По счёту: <b>95 TON</b> (выгода 5 %)' },
      { language: 'uk', offer: '100 зірок + 10 у подарунок', price: 'За рахунком: <b>95 TON</b> (вигода 5 %)' },
    ])
    .run(async ({ assert }, { language, offer, price }) => {
      await anna.merge({ language: language as any, languageChosen: true }).save()
      await world.package()
      const shop = screenOf(await bot.say('/buy_stars'))
      const text = textOf(await bot.press(shop.data('100 + 10')))
      assert.include(text, offer)
      assert.include(text, price)
    })
})
