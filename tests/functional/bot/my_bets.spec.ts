import { test } from '@japa/runner'
import { MessageComposer } from '#core/contracts/message_composer'
import app from '@adonisjs/core/services/app'
import type Customer from '#customers/models/customer'
import type Bet from '#markets/models/bet'
import Market from '#markets/models/market'
import { betData } from '#bot/screens/market_data'
import { screenOf, startTestBot, toastOf, type ApiCall, type TestBot } from '#tests/support/bot'
import { MarketsWorld } from '#tests/support/markets/world'
import { seen } from '#tests/support/seen'
import { HOUR } from '#tests/support/test_clock'
import { ANNA } from '#tests/support/updates'

const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)
const BORIS = { ...ANNA, id: 6_000_000_002, username: 'boris' }

test.group('Bot: my bets', (group) => {
  const world = new MarketsWorld()
  let bot: TestBot
  let anna: Customer
  let market: Market

  group.each.setup(async () => {
    await world.setup()
    bot = await startTestBot()
    anna = await world.customer({ telegramId: ANNA.id, username: ANNA.username, free: '30', timeZone: 'Asia/Tokyo' })
    market = await world.market({ title: 'Will it <rain> on Monday?' })
    return () => world.teardown()
  })

  const open = (bet: Bet) => bot.press(betData.pack({ bet: bet.reference }))
  const settle = (bet: Bet, status: Bet['status'], payout: bigint) =>
    bet.merge({ status, payout, settledAt: bot.clock.now() + HOUR }).save()

  test('given no bets, when opened, then it says so and leads to the markets', async ({ assert }) => {
    const none = screenOf(await bot.say('/bets'))
    assert.include(none.text, 'Nothing yet')
    assert.include(textOf(await bot.press(none.data('Back'))), 'Prediction markets')
  })

  test('given open and settled bets, when opened, then each list has its own and leads to the other', async ({
    assert,
  }) => {
    const bets = []
    for (const stake of [10, 20, 30]) bets.push(await world.taken(anna, market, 'YES', stake))
    await settle(bets[0], 'won', 25_00n)
    await settle(bets[1], 'lost', 0n)
    await world.taken(await world.customer(), market, 'YES', 40)

    const waiting = screenOf(await bot.say('/bets'))
    assert.include(waiting.text, 'Waiting for a result: <b>1</b>')
    assert.deepEqual(waiting.labels.map(seen), [
      '⏳ YES · 30 PRED · Will it <rain> on Monday?',
      '🏁 Settled · 2',
      '⬅️ Back',
      '🏠 Home',
    ])
    const over = screenOf(await bot.press(waiting.data('Settled')))
    assert.deepEqual(over.labels.map(seen), [
      '😔 YES · 20 PRED · Will it <rain> on Monday?',
      '🏆 YES · 25 PRED · Will it <rain> on Monday?',
      '⏳ Open · 1',
      '⬅️ Back',
      '🏠 Home',
    ])
    assert.include(textOf(await bot.press(over.data('Open'))), 'Waiting for a result')
    await settle(bets[2], 'refunded', 30_00n)
    assert.include(textOf(await bot.say('/bets')), 'Settled: <b>3</b>')
  })

  test('given more bets than a page holds, when paged, then each is there once, the newest first', async ({
    assert,
  }) => {
    for (let stake = 1; stake <= 17; stake++) await world.taken(anna, market, 'YES', stake)
    const first = screenOf(await bot.say('/bets'))
    const second = screenOf(await bot.press(first.data('▶️')))
    const third = screenOf(await bot.press(second.data('▶️')))
    const stakes = [first, second, third].flatMap(({ labels }) =>
      labels.flatMap((label) => /YES · (\d+)/.exec(seen(label))?.[1] ?? [])
    )
    assert.deepEqual(
      stakes.map(Number),
      Array.from({ length: 17 }, (_, index) => 17 - index)
    )
    assert.notInclude(third.labels, '▶️')
    assert.include(textOf(await bot.press('1:bets_page:open:9999999999')), 'Waiting for a result: <b>17</b>')
  })

  test('given an open bet, when its page is shown, then everything about it is there', async ({ assert }) => {
    const bet = await world.taken(anna, market, 'YES', 100)
    const page = screenOf(await open(bet))
    const text = seen(page.text)
    assert.include(text, '🎫 <b>Will it &lt;rain&gt; on Monday?</b>')
    assert.include(text, `You bet on: <b>YES</b>\nNumber: <code>${bet.reference}</code>`)
    assert.include(text, 'Stake: <b>100 PRED</b>, of it gift points: 30 PRED\nOdds: <b>2.00</b>')
    assert.include(text, 'you get: <b>200 PRED</b>')
    assert.include(text, 'Placed: June 1, 2026 at 9:00 PM')
    assert.notInclude(text, 'Settled')
    assert.include(textOf(await bot.press(page.data('Open the market'))), 'Yours: <b>100 PRED</b>')
    assert.include(textOf(await bot.press(page.data('Back'))), 'Waiting for a result')
  })

  test('given a bet that is {status}, when its page is shown, then it says what came of it and when')
    .with([
      { status: 'won' as const, payout: 200_00n, words: 'Status: 🏆 won\nPaid out: <b>200 PRED</b>' },
      { status: 'lost' as const, payout: 0n, words: 'Status: 😔 lost\nPaid out: 0 PRED' },
      { status: 'refunded' as const, payout: 100_00n, words: 'Back on your balance: <b>100 PRED</b>' },
    ])
    .run(async ({ assert }, { status, payout, words }) => {
      const bet = await world.taken(anna, market, 'YES', 100)
      await settle(bet, status, payout)
      const page = screenOf(await open(bet))
      assert.include(seen(page.text), words)
      assert.include(seen(page.text), 'Settled: June 1, 2026 at 10:00 PM')
      assert.include(textOf(await bot.press(page.data('Back'))), 'Settled: <b>1</b>')
    })

  test('given a result whose bets are still being settled, when a page is shown, then it says to wait', async ({
    assert,
  }) => {
    const bet = await world.taken(anna, market, 'YES', 100)
    await Market.query().where('id', market.id).update({ status: 'resolved', result: 'YES' })
    assert.include(textOf(await open(bet)), 'Your bets are being settled')
  })

  test('given a shared pool, when a page is shown, then the win is told as things stand', async ({ assert }) => {
    await market.merge({ pricing: 'parimutuel', feePoints: 0 }).save()
    const bet = await world.taken(anna, market, 'YES', 100)
    await world.taken(await world.customer(), market, 'NO', 300)
    const text = textOf(await open(bet))
    assert.include(text, 'the winners share the pool')
    assert.include(text, 'you get: <b>400 PRED</b> as things stand')
  })

  test("given somebody else's bet or none, when its button is pressed, then nothing is shown of it", async ({
    assert,
  }) => {
    const bet = await world.taken(anna, market, 'YES', 100)
    const calls = await bot.press(betData.pack({ bet: bet.reference }), BORIS)
    assert.include(toastOf(calls)!, 'leads nowhere')
    assert.notInclude(textOf(calls), bet.reference)
    assert.include(toastOf(await bot.press(betData.pack({ bet: '0123456789' })))!, 'leads nowhere')
  })

  test('given a notice with buttons, when they are pressed, then the screens open below it', async ({ assert }) => {
    const bet = await world.taken(anna, market, 'YES', 100)
    const composer = await app.container.make(MessageComposer)
    const buttons = [
      [{ action: 'market', id: market.reference }],
      [{ action: 'bet', id: bet.reference }],
      [{ action: 'markets' }, { action: 'my_bets' }],
    ]
    const { replyMarkup } = composer.compose('en', 'plain', { text: 'x' }, buttons)
    const pressed = replyMarkup!.inline_keyboard.flat() as Array<{ callback_data: string }>
    const words = ['on Monday?', bet.reference, 'Prediction markets', 'Waiting for a result']
    for (const [index, { callback_data: data }] of pressed.entries()) {
      const screen = screenOf(await bot.press(data))
      assert.equal(screen.method, 'sendMessage')
      assert.include(screen.text, words[index])
    }
  })

  test('given a bet in the history, when its entry is opened, then it leads to the bet', async ({ assert }) => {
    const bet = await world.taken(anna, market, 'YES', 20)
    const history = screenOf(await bot.say('/history'))
    const entry = screenOf(await bot.press(history.data('Bet')))
    assert.include(entry.text, `What for: bet ${bet.reference}`)
    assert.include(textOf(await bot.press(entry.data('Open the bet'))), bet.reference)
    const kinds = screenOf(await bot.press('1:history_kinds'))
    assert.include(textOf(await bot.press(kinds.data('Bet won'))), 'Nothing of this kind')
  })

  test('given the bets in {language}, when opened, then they speak that language')
    .with([
      { language: 'ru', list: 'Ждут результата', page: 'Вы поставили на: <b>НЕТ</b>' },
      { language: 'uk', list: 'Чекають на результат', page: 'Ви поставили на: <b>НІ</b>' },
    ])
    .run(async ({ assert }, { language, list, page }) => {
      await anna.merge({ language: language as any, languageChosen: true }).save()
      const bet = await world.taken(anna, market, 'NO', 100)
      assert.include(textOf(await bot.say('/bets')), list)
      assert.include(textOf(await open(bet)), page)
    })
})
