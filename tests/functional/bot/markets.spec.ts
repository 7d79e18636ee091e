import { test } from '@japa/runner'
import drive from '@adonisjs/drive/services/main'
import Customer from '#customers/models/customer'
import Market from '#markets/models/market'
import MarketSettlement from '#markets/models/market_settlement'
import { marketsEnabled } from '#markets/settings'
import { newReference } from '#core/reference'
import { marketData } from '#bot/screens/market_data'
import { visibleLength } from '#bot/texts/cut_text'
import { screenOf, startTestBot, type ApiCall, type TestBot } from '#tests/support/bot'
import { MarketsWorld } from '#tests/support/markets/world'
import { givenPhoto } from '#tests/support/media'
import { seen } from '#tests/support/seen'
import { DAY, HOUR, MINUTE } from '#tests/support/test_clock'
import { ANNA } from '#tests/support/updates'

const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)
const BORIS = { ...ANNA, id: 6_000_000_002, username: 'boris' }

test.group('Bot: markets', (group) => {
  const world = new MarketsWorld()
  let bot: TestBot
  let anna: Customer

  group.each.setup(async () => {
    await world.setup()
    bot = await startTestBot()
    anna = await world.customer({ telegramId: ANNA.id, username: ANNA.username, free: '1000' })
    drive.fake()
    return () => {
      world.teardown()
      drive.restore()
    }
  })

  const open = (market: Market) => bot.press(marketData.pack({ market: market.reference }))

  async function settled(market: Market, columns: Partial<MarketSettlement>) {
    const counts = { bets: 1, winners: 1, staked: 100_00n, payout: 200_00n }
    await MarketSettlement.create({
      ...{ reference: newReference(), marketId: market.id, kind: 'resolve', status: 'done', statusBefore: 'active' },
      ...counts,
      ...{ requestedByName: 'Olena', createdAt: 1 },
      ...columns,
    })
  }

  test('given markets of categories, when opened from the menu, then they are counted, promoted ones first', async ({
    assert,
  }) => {
    const sports = await world.givenCategory('sports')
    await world.market({ title: 'Will the rain stop?' })
    await world.market({ title: 'Will Bitcoin close above one million dollars this year?', isPromoted: true })
    await world.market({ categoryId: sports.id })
    await world.market({ status: 'draft' })
    await world.market({ status: 'closed' })
    await world.market({ endsAt: bot.clock.now() })

    const menu = screenOf(await bot.say('/menu'))
    const overview = screenOf(await bot.press(menu.data('Markets')))
    assert.equal(overview.method, 'editMessageText')
    assert.include(overview.text, '<b>3 markets</b>')
    assert.deepEqual(overview.labels, [
      '🔥 Will Bitcoin close above one… · 2.00 / 2.00',
      '📋 All · 3',
      '🪙 Crypto · 2',
      '🪙 Sports · 1',
      '🎫 My bets',
      '⬅️ Back',
      '🏠 Home',
    ])

    const list = screenOf(await bot.press(overview.data('Crypto')))
    assert.include(list.text, '🪙 <b>Crypto</b>: 2 open markets')
    assert.include(list.text, '🔥 <b>1. Will Bitcoin close above one million dollars this year?</b>')
    assert.include(list.text, '<b>2. Will the rain stop?</b>\n✅ YES 2.00 · ❌ NO 2.00 · ends in ')
    assert.equal(list.labels[0], '1. Will Bitcoin close above one… · 2.00 / 2.00')

    const card = screenOf(await bot.press(list.data('2. Will the rain')))
    assert.include(card.text, '🎯 <b>Will the rain stop?</b>')
    assert.include(textOf(await bot.press(card.data('Back'))), '<b>Crypto</b>')
  })

  test('given more markets than a page holds, when paged, then each is there once and Back knows the page', async ({
    assert,
  }) => {
    for (let number = 1; number <= 19; number++)
      await world.market({ title: `Question ${number}`, endsAt: bot.clock.now() + number * DAY })
    const first = screenOf(await bot.press('1:market_list:all:1'))
    assert.include(first.text, 'All open markets</b>: 19')
    assert.notInclude(first.labels, '◀️')
    const second = screenOf(await bot.press(first.data('▶️')))
    const third = screenOf(await bot.press(second.data('▶️')))
    assert.notInclude(third.labels, '▶️')
    const shown = [first, second, third].flatMap(({ labels }) => labels.filter((label) => label.includes('Question')))
    assert.lengthOf(shown, 19)
    assert.include(shown[18], '19. Question 19 ·')

    const card = screenOf(await bot.press(second.data('9. Question 9')))
    assert.include(textOf(await bot.press(card.data('Back'))), '16. Question 16')
    assert.include(textOf(await bot.press('1:market_list:all:77')), '19. Question 19')
  })

  test('given nothing to bet on, when opened, then it says so and leads on', async ({ assert }) => {
    const none = screenOf(await bot.say('/markets'))
    assert.include(none.text, 'No market is open')
    assert.include(textOf(await bot.press(none.data('My bets'))), 'Nothing yet')
    const list = screenOf(await bot.press(`1:market_list:${world.category.id}:1`))
    assert.include(list.text, 'No market is open here')
    assert.include(textOf(await bot.press('1:market_list:9999999999999999:1')), 'No market is open here')
    assert.include(textOf(await bot.press(list.data('Back'))), 'Prediction markets')
  })

  test('given an open market, when its card is shown, then it says all that matters', async ({ assert }) => {
    const market = await world.market({ title: 'Will <b>it</b> rain?', endsAt: bot.clock.now() + 26 * HOUR })
    await world.taken(await world.customer(), market, 'YES', 60)
    await world.taken(await world.customer(), market, 'NO', 40)
    await anna.merge({ timeZone: 'Asia/Tokyo' }).save()
    const card = screenOf(await open(market))
    const text = seen(card.text)
    assert.include(text, 'Will &lt;b&gt;it&lt;/b&gt; rain?')
    assert.include(text, '🪙 Crypto')
    assert.include(text, 'YES if any rain falls in Kyiv')
    assert.include(text, 'Bets until: <b>June 2, 2026 at 11:00 PM</b> (in 26 hours)')
    assert.include(text, '🟩🟩🟩🟩🟩🟩🟧🟧🟧🟧\nYES 60% / NO 40%')
    assert.include(text, 'In the pool: <b>100 PRED</b>\nCustomers: <b>2</b>')
    assert.notInclude(text, 'Yours')
    assert.deepEqual(card.labels, ['✅ YES · 1.66', '❌ NO · 2.46', '📨 Share', '⬅️ Back', '🏠 Home'])
  })

  test('given a side of the market, when its card is shown, then only that side can be added to', async ({
    assert,
  }) => {
    const market = await world.market()
    await world.taken(anna, market, 'NO', 100)
    await world.taken(anna, market, 'NO', 50)
    const card = screenOf(await open(market))
    assert.match(
      seen(card.text),
      /Yours: <b>150 PRED<\/b> on <b>NO<\/b> \(2 bets\)\nIf it comes true, you get <b>250 PRED/
    )
    assert.deepEqual(card.labels.slice(0, 3), ['➕ ❌ NO · 1.00', '📨 Share', '🎫 My bets'])
    assert.include(card.text, '🟧'.repeat(10))
    assert.notInclude(textOf(await bot.press(marketData.pack({ market: market.reference }), BORIS)), 'Yours')
  })

  test('given a shared pool, when its card is shown, then the win is told as things stand', async ({ assert }) => {
    const market = await world.market({ pricing: 'parimutuel', feePoints: 0 })
    await world.taken(anna, market, 'YES', 100)
    await world.taken(await world.customer(), market, 'NO', 300)
    assert.include(textOf(await open(market)), 'you get <b>400 PRED</b> as things stand')
  })

  test('given a market that ends in {left}, when shown, then so it says')
    .with([
      { ms: 30_000, left: 'in 1 minute' },
      { ms: 90 * MINUTE, left: 'in 90 minutes' },
      { ms: 47 * HOUR, left: 'in 47 hours' },
      { ms: 72 * HOUR, left: 'in 3 days' },
    ])
    .run(async ({ assert }, { ms, left }) => {
      const market = await world.market({ endsAt: bot.clock.now() + ms })
      assert.include(textOf(await open(market)), left)
    })

  test('given a market that is {title}, when its card is shown, then it says so and takes no bets')
    .with([
      { title: 'over but not closed yet', columns: { endsAt: 1 }, words: 'Bets are closed' },
      { title: 'closed', columns: { status: 'closed' as const }, words: 'Bets are closed' },
      {
        title: 'resolved',
        columns: { status: 'resolved' as const, result: 'NO' as const },
        words: 'result: <b>NO</b>',
      },
      { title: 'being cancelled', columns: { status: 'cancelled' as const }, words: 'stakes are being given back' },
      { title: 'cancelled', columns: { status: 'cancelled' as const, settledAt: 1 }, words: 'have been given back' },
    ])
    .run(async ({ assert }, { columns, words }) => {
      const card = screenOf(await open(await world.market(columns)))
      assert.include(card.text, words)
      assert.deepEqual(card.labels, ['📨 Share', '⬅️ Back', '🏠 Home'])
    })

  test('given a bet that is {status}, when the card is shown, then it says what became of it')
    .with([
      { status: 'won' as const, payout: 185_00n, words: 'You won <b>185 PRED</b> (you had staked 100 PRED)' },
      { status: 'lost' as const, payout: 0n, words: 'You had staked 100 PRED on YES' },
      { status: 'refunded' as const, payout: 100_00n, words: '<b>100 PRED</b> is back on your balance' },
      { status: 'open' as const, payout: null, words: 'Your bets are being settled' },
    ])
    .run(async ({ assert }, { status, payout, words }) => {
      const market = await world.market()
      const bet = await world.taken(anna, market, 'YES', 100)
      await bet.merge({ status, payout, settledAt: payout === null ? null : 1 }).save()
      await Market.query().where('id', market.id).update({ status: 'resolved', result: 'YES' })
      await settled(market, { evidenceUrl: 'https://example.org/?a="b"&c' })
      const card = screenOf(await open(market))
      assert.include(seen(card.text), words)
      assert.include(card.text, '<a href="https://example.org/?a=&quot;b&quot;&amp;c">Where it can be checked</a>')
      assert.include(card.labels, '🎫 My bets')
    })

  test('given a description longer than Telegram takes, when shown {with}, then it is cut and can be read in full')
    .with([
      { with: 'with a photo', imageKey: 'sunset', limit: 1024 },
      { with: 'without one', imageKey: null, limit: 4096 },
    ])
    .run(async ({ assert }, { imageKey, limit }) => {
      await givenPhoto()
      const description = `<&> ${'😀🏳️‍🌈'.repeat(600)} the end`
      const market = await world.market({ title: '<&>'.repeat(60), description, imageKey })
      const card = screenOf(await open(market))
      assert.equal(card.method, imageKey ? 'editMessageMedia' : 'editMessageText')
      assert.isAtMost(visibleLength(card.text), limit)
      assert.isAbove(visibleLength(card.text), limit - 20)
      assert.notInclude(card.text, 'the end')
      assert.isTrue(card.text.isWellFormed())
      assert.isAtMost(visibleLength(textOf(await bot.press(card.data('Everything about it')))), 4096)
    })

  test('given a description that fits, when shown with a photo, then all of it is there', async ({ assert }) => {
    await givenPhoto()
    const market = await world.market({ description: `${'a'.repeat(500)} the end`, imageKey: 'sunset' })
    const card = screenOf(await open(market))
    assert.equal(card.method, 'editMessageMedia')
    assert.include(card.text, 'the end')
    assert.notInclude(card.labels, '📄 Everything about it')
  })

  test('given a market, when shared, then the link opens it and carries who shared it', async ({ assert }) => {
    const market = await world.market({ title: 'Дощ? & сніг' })
    const { buttons } = screenOf(await open(market))
    const url = new URL(buttons.find(({ url: link }) => link)!.url!)
    assert.equal(url.origin + url.pathname, 'https://t.me/share/url')
    assert.equal(url.searchParams.get('text'), 'Дощ? & сніг')
    const link = new URL(url.searchParams.get('url')!)
    assert.equal(link.pathname, '/kontora_bot')
    const payload = link.searchParams.get('start')!
    assert.match(payload, /^[A-Za-z0-9_-]{1,64}$/)

    const first = screenOf(await bot.say(`/start ${payload}`, BORIS))
    assert.match(first.text, /^👋 Hello, <b>Anna<\/b>, glad to see you here!\n\n🎯 <b>Дощ\? &amp; сніг/)
    const { referrerId } = await Customer.findByOrFail('telegramId', BORIS.id)
    assert.equal(referrerId, anna.id)
    assert.notInclude(textOf(await bot.say(`/start ${payload}`, BORIS)), 'Hello')
  })

  test('given a link to {title}, when followed, then it says that there is none and shows what there is')
    .with([
      { title: 'nothing', payload: 'm_0123456789' },
      { title: 'garbage', payload: 'm_\u0000' },
      { title: 'no reference at all', payload: 'm' },
    ])
    .run(async ({ assert }, { payload }) => {
      await world.market({ title: 'Something else' })
      const text = textOf(await bot.say(`/start ${payload}`))
      assert.include(text, 'This market is not there')
      assert.include(text, 'Something else')
    })

  test('given a draft, when its link or its button is used, then nobody sees it', async ({ assert }) => {
    const draft = await world.market({ title: 'A secret', status: 'draft' })
    for (const calls of [await bot.say(`/start m_${draft.reference}`), await open(draft)]) {
      assert.include(textOf(calls), 'This market is not there')
      assert.notInclude(textOf(calls), 'A secret')
    }
  })

  test('given markets switched off, when looked for, then they are not offered and what was bet still is', async ({
    assert,
  }) => {
    const market = await world.market()
    await world.taken(anna, market, 'YES', 100)
    bot.settings.set(marketsEnabled, false)
    assert.notInclude(screenOf(await bot.say('/menu')).labels, '🎯 Markets')
    const off = screenOf(await bot.say('/markets'))
    assert.include(off.text, 'switched off')
    assert.include(textOf(await bot.press(`1:market_list:all:1`)), 'switched off')
    assert.include(textOf(await bot.press(off.data('My bets'))), 'Waiting for a result: <b>1</b>')
    const card = screenOf(await open(market))
    assert.include(card.text, 'Betting is switched off')
    assert.notInclude(card.labels.join(), 'YES')
  })

  test('given the markets in {language}, when browsed, then they speak that language')
    .with([
      {
        language: 'ru',
        overview: '<b>1 вопрос</b>',
        card: 'Ставки до:',
        bar: 'ДА 50 % / НЕТ 50 %',
        odds: '✅ ДА · 2,00',
      },
      {
        language: 'uk',
        overview: '<b>1 питання</b>',
        card: 'Ставки до:',
        bar: 'ТАК 50 % / НІ 50 %',
        odds: '✅ ТАК · 2,00',
      },
    ])
    .run(async ({ assert }, { language, overview, card, bar, odds }) => {
      await anna.merge({ language: language as any, languageChosen: true }).save()
      const market = await world.market()
      assert.include(textOf(await bot.say('/markets')), overview)
      const shown = screenOf(await open(market))
      assert.include(seen(shown.text), card)
      assert.include(seen(shown.text), bar)
      assert.include(shown.labels, odds)
    })

  test('given the longest of everything, when browsed, then Telegram takes each message and button', async ({
    assert,
  }) => {
    for (let number = 0; number < 8; number++)
      await world.market({ title: '&'.repeat(200), description: '"'.repeat(5000) })
    const list = screenOf(await bot.press('1:market_list:all:1'))
    const card = screenOf(await bot.press(list.data('1.')))
    for (const { text, buttons } of [list, card]) {
      assert.isAtMost(visibleLength(text), 4096)
      for (const { callback_data: data = '' } of buttons) assert.isAtMost(Buffer.byteLength(data), 64)
    }
  })
})
