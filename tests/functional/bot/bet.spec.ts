import { test } from '@japa/runner'
import Customer from '#customers/models/customer'
import Bet from '#markets/models/bet'
import Market from '#markets/models/market'
import {
  customerExposure,
  customerStake,
  globalExposure,
  marketExposure,
  marketsEnabled,
  maxStake,
} from '#markets/settings'
import type { SettingDefinition } from '#core/contracts/settings'
import { betOnData, betStakeData, placeBetData } from '#bot/screens/market_data'
import { visibleLength } from '#bot/texts/cut_text'
import { screenOf, startTestBot, toastOf, type ApiCall, type TestBot } from '#tests/support/bot'
import { MarketsWorld } from '#tests/support/markets/world'
import { seen } from '#tests/support/seen'
import { ANNA } from '#tests/support/updates'

const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)

test.group('Bot: betting', (group) => {
  const world = new MarketsWorld()
  let bot: TestBot
  let anna: Customer
  let market: Market

  group.each.setup(async () => {
    await world.setup()
    bot = await startTestBot()
    anna = await world.customer({ telegramId: ANNA.id, username: ANNA.username, bought: '400', free: '600' })
    market = await world.market()
    return () => world.teardown()
  })

  const side = (outcome: 'YES' | 'NO') => betOnData.pack({ market: market.reference, outcome })
  const askYes = async () => screenOf(await bot.press(side('YES')))

  /** From the side to the confirmation. */
  async function confirmation(stake = '100') {
    await askYes()
    return screenOf(await bot.say(stake))
  }

  async function set<T>(definition: SettingDefinition<T>, value: T) {
    await world.set(definition, value)
    bot.settings.set(definition, value)
  }

  /** Nothing was taken from Anna, and nothing is on the market by her. */
  const untouched = async () => {
    const purse = await world.purse(anna)
    return purse.bought + purse.free === 1000_00n && !(await Bet.findBy('customerId', anna.id))
  }

  test('given a side, when a preset is confirmed twice, then one bet is taken and the card shows it', async ({
    assert,
  }) => {
    const ask = await askYes()
    assert.include(seen(ask.text), 'You bet on <b>YES</b>')
    assert.include(seen(ask.text), 'The odds are <b>2.00</b> now')
    assert.include(seen(ask.text), 'You have <b>1,000 PRED</b>')
    assert.include(seen(ask.text), 'from 1 PRED to 10,000 PRED')
    assert.deepEqual(ask.labels.map(seen), [
      ...['10 PRED', '50 PRED', '100 PRED', '500 PRED'],
      ...['💯 As much as possible: 1,000 PRED', '⬅️ Back', '🏠 Home'],
    ])

    const check = screenOf(await bot.press(ask.data('100')))
    assert.include(
      seen(check.text),
      'Stake: <b>100 PRED</b>\nOdds: <b>2.00</b>\nIf it comes true, you get: <b>200 PRED</b>'
    )
    assert.include(seen(check.text), 'All of it are gift points')
    assert.include(seen(check.text), 'Left on your balance: 900 PRED')
    const place = check.data('Bet 100')
    const taken = screenOf(await bot.press(place))
    const again = screenOf(await bot.press(place))
    for (const screen of [taken, again]) {
      assert.equal(screen.method, 'editMessageText')
      assert.include(seen(screen.text), 'Your bet is taken!</b>\n100 PRED on YES at odds of 2.00')
      assert.include(seen(screen.text), 'Yours: <b>100 PRED</b> on <b>YES</b>')
    }
    const [bet, ...others] = await Bet.all()
    assert.isEmpty(others)
    assert.equal(bet.stake, 100_00n)
    assert.equal(bet.source, 'bot')
    assert.deepEqual(await world.purse(anna), { bought: 400_00n, free: 500_00n })
    assert.include(textOf(await bot.say('/start')), 'Welcome back')
  })

  test('given a confirmation, when it is pressed many times at once, then one bet is taken', async ({ assert }) => {
    const check = await confirmation()
    const pressed = await Promise.all(Array.from({ length: 8 }, () => bot.press(check.data('Bet'))))
    assert.lengthOf(await Bet.all(), 1)
    assert.isEmpty(bot.errors.reports)
    assert.lengthOf(pressed, 8)
    assert.deepEqual(await world.purse(anna), { bought: 400_00n, free: 500_00n })
  })

  test('given gift points for a part of it only, when quoted, then the part is told', async ({ assert }) => {
    const mixed = await confirmation('700')
    assert.include(seen(mixed.text), 'gift points: 600 PRED')
    await world.taken(anna, await world.market(), 'YES', 600)
    const bought = await confirmation('100')
    assert.notInclude(bought.text, 'gift')
  })

  test('given everything, when pressed and confirmed, then all of it is staked', async ({ assert }) => {
    const ask = await askYes()
    const check = screenOf(await bot.press(ask.data('As much as possible')))
    assert.include(seen(check.text), 'Left on your balance: 0 PRED')
    await bot.press(check.data('Bet 1'))
    assert.deepEqual(await world.purse(anna), { bought: 0n, free: 0n })
    await bot.press(side('YES'))
    assert.include(textOf(await bot.press(side('YES'))), 'Missing: <b>1 PRED</b>')
  })

  test('given a limit below the balance, when asked, then as much as possible is that limit', async ({ assert }) => {
    await market.merge({ maxStake: 60_00n }).save()
    const { labels } = await askYes()
    assert.deepEqual(labels.map(seen).slice(0, 3), ['10 PRED', '50 PRED', '💯 As much as possible: 60 PRED'])
  })

  test('given the stake {text}, when written, then it is understood')
    .with(['100', ' 100 pred', '100,00', '100.00 ПРЕД'].map((text) => ({ text })))
    .run(async ({ assert }, { text }) => {
      const check = await confirmation(text)
      assert.include(seen(check.text), 'Stake: <b>100 PRED</b>')
    })

  test('given the stake {text}, when written, then a hint says what to do and another can be written')
    .with([
      { text: '0', hint: 'the least is 1 PRED' },
      { text: '0.99', hint: 'the least is 1 PRED' },
      { text: '-5', hint: 'can’t read' },
      { text: 'a lot', hint: 'can’t read' },
      { text: '1e3', hint: 'can’t read' },
      { text: '١٠٠', hint: 'can’t read' },
      { text: '1,000', hint: 'I am not sure what that means' },
      { text: '1.005', hint: 'two decimals at most' },
      { text: '10001', hint: 'the most is 10,000 PRED' },
      { text: '9'.repeat(60), hint: 'the most is 10,000 PRED' },
      { text: '1001', hint: 'Missing: <b>1 PRED</b>' },
    ])
    .run(async ({ assert }, { text, hint }) => {
      const wrong = await confirmation(text)
      assert.include(seen(wrong.text), hint)
      assert.includeMembers(wrong.labels, ['⬅️ Back', '🏠 Home'])
      assert.isTrue(await untouched())
      assert.include(textOf(await bot.say('20')), 'Stake: <b>20 PRED</b>')
    })

  test('given a forged stake of {stake}, when its button is pressed, then it is refused')
    .with([
      { stake: '50', answer: 'the least that can be staked here is 1 PRED' },
      { stake: '1000001', answer: 'the most here is 10,000 PRED' },
      { stake: '100001', answer: 'Missing' },
      { stake: '0', answer: 'leads nowhere' },
      { stake: '-5', answer: 'leads nowhere' },
      { stake: 'x', answer: 'leads nowhere' },
    ])
    .run(async ({ assert }, { stake, answer }) => {
      const calls = await bot.press(`1:bet_stake:${market.reference}:YES:${stake}`)
      assert.include(`${textOf(calls)} ${toastOf(calls)}`, answer)
      assert.isTrue(await untouched())
    })

  test('given too large a stake, when pressed, then the largest is offered instead', async ({ assert }) => {
    await world.set(maxStake, '50')
    const refused = screenOf(
      await bot.press(betStakeData.pack({ market: market.reference, outcome: 'YES', stake: 90_00n }))
    )
    assert.include(seen(refused.text), 'the most here is 50 PRED')
    assert.include(textOf(await bot.press(refused.data('Stake 50'))), 'Stake: <b>50 PRED</b>')
    assert.include(textOf(await bot.say('30')), 'Stake: <b>30 PRED</b>')
  })

  test('given odds that got worse since shown, when confirmed, then the new ones are asked for first', async ({
    assert,
  }) => {
    const check = await confirmation()
    await world.taken(await world.customer(), market, 'YES', 100)
    const changed = screenOf(await bot.press(check.data('Bet')))
    assert.include(changed.text, 'The odds have got worse')
    assert.include(changed.text, 'Odds: <b>1.00</b>')
    assert.include(changed.text, 'you win nothing')
    assert.isTrue(await untouched())

    const old = await bot.press(check.data('Bet'))
    assert.include(toastOf(old)!, 'check the bet once more')
    const now = screenOf(old)
    assert.isTrue(await untouched())
    assert.include(textOf(await bot.press(now.data('Bet'))), '100 PRED on YES at odds of 1.00')
  })

  test('given odds that got better since shown, when confirmed, then the bet is taken at those', async ({ assert }) => {
    await world.taken(await world.customer(), market, 'YES', 100)
    const check = await confirmation()
    await world.taken(await world.customer(), market, 'NO', 100)
    assert.include(textOf(await bot.press(check.data('Bet'))), 'at odds of 1.50')
  })

  test('given a market that is {title} meanwhile, when confirmed, then nothing is taken and it says why')
    .with([
      { title: 'closed', columns: { status: 'closed' }, words: 'closed and takes no more bets' },
      { title: 'resolved', columns: { status: 'resolved', result: 'YES' }, words: 'result of this market is known' },
      { title: 'cancelled', columns: { status: 'cancelled' }, words: 'was cancelled' },
      { title: 'over', columns: { ends_at: 1 }, words: 'Time is up' },
      { title: 'a draft', columns: { status: 'draft' }, words: 'not there any more' },
    ])
    .run(async ({ assert }, { columns, words }) => {
      const check = await confirmation()
      await Market.query().where('id', market.id).update(columns)
      const calls = await bot.press(check.data('Bet'))
      assert.include(toastOf(calls)!, words)
      assert.notInclude(screenOf(calls).labels.join(), 'Bet 100')
      assert.isTrue(await untouched())
      assert.include(toastOf(await bot.press(check.data('Bet')))!, 'shown a while ago')

      const late = await bot.press(betStakeData.pack({ market: market.reference, outcome: 'YES', stake: 10_00n }))
      assert.include(toastOf(late)!, words)
      await bot.press(side('YES'))
      assert.isTrue(await untouched())
    })

  test('given a market that ends, when confirmed at the last millisecond and at the end, then only the first counts', async ({
    assert,
  }) => {
    const end = bot.clock.now() + 60_000
    await market.merge({ endsAt: end }).save()
    const first = await confirmation()
    world.clock.moveTo(end - 1)
    bot.clock.moveTo(end - 1)
    await bot.press(first.data('Bet'))
    const second = await confirmation()
    world.clock.moveTo(end)
    bot.clock.moveTo(end)
    const calls = await bot.press(second.data('Bet'))
    assert.include(toastOf(calls)!, 'Time is up')
    assert.include(textOf(calls), 'Bets are closed')
    assert.lengthOf(await Bet.all(), 1)
    assert.include(textOf(await bot.press(first.data('Bet'))), 'Your bet is taken')
  })

  test('given a side already, when the other one is tried by an old button, then it is refused', async ({ assert }) => {
    const ask = screenOf(await bot.press(side('NO')))
    await world.taken(anna, market, 'YES', 10)
    const calls = await bot.press(ask.data('100'))
    assert.include(toastOf(calls)!, 'You have bet on YES in this market already')
    assert.include(textOf(calls), 'Yours: <b>10 PRED</b> on <b>YES</b>')
  })

  test('given points that went elsewhere meanwhile, when confirmed, then it says what is missing', async ({
    assert,
  }) => {
    const check = await confirmation('900')
    await world.taken(anna, await world.market(), 'YES', 300)
    const short = screenOf(await bot.press(check.data('Bet')))
    assert.include(seen(short.text), 'Needed: 900 PRED\nYou have: 700 PRED\nMissing: <b>200 PRED</b>')
    assert.include(short.text, 'smaller amount')
    assert.include(textOf(await bot.press(short.data('As much as possible: 700'))), 'Stake: <b>700 PRED</b>')
  })

  test('given no points at all, when a side is pressed, then it says where they come from', async ({ assert }) => {
    await Customer.query().where('id', anna.id).update({ telegram_id: 1 })
    const poor = await world.customer({ telegramId: ANNA.id, bought: '0' })
    const short = await askYes()
    assert.include(seen(short.text), 'You have: 0 PRED')
    assert.notInclude(short.labels.join(), 'As much as possible')
    assert.notInclude(short.text, 'smaller amount')
    assert.include(textOf(await bot.press(short.data('Invite'))), poor.referralCode)
  })

  test('given the limit {code}, when a stake would pass it, then it says what can be staked')
    .with([
      { code: 'customer', setting: customerExposure, words: 'our limit for one customer' },
      { code: 'market', setting: marketExposure, words: 'take this market beyond the most that we can pay for' },
      { code: 'global', setting: globalExposure, words: 'all our markets together beyond the most' },
    ])
    .run(async ({ assert }, { setting, words }) => {
      await world.set(setting, '40')
      const refused = await confirmation('100')
      assert.include(seen(refused.text), words)
      assert.include(seen(refused.text), 'The most that you can stake')
      const check = screenOf(await bot.press(refused.data('Stake 40')))
      assert.include(textOf(await bot.press(check.data('Bet 40'))), 'Your bet is taken')
      const none = await confirmation('100')
      assert.include(none.text, 'win nothing')
    })

  test('given a limit of a customer in a market, when it is reached, then what is left is offered, and then nothing', async ({
    assert,
  }) => {
    await world.set(customerStake, '120')
    await world.taken(anna, market, 'YES', 80)
    const ask = await askYes()
    assert.include(seen(ask.text), 'from 1 PRED to 40 PRED')
    assert.include(ask.labels.map(seen).join(), 'As much as possible: 40 PRED')
    const refused = screenOf(await bot.say('100'))
    assert.include(seen(refused.text), 'at most 120 PRED on one market altogether')
    const check = screenOf(await bot.press(refused.data('Stake 40')))
    assert.include(textOf(await bot.press(check.data('Bet 40'))), 'Your bet is taken')
    const full = await askYes()
    assert.include(full.text, 'please choose another market')
    assert.deepEqual(full.labels, ['⬅️ Back', '🏠 Home'])
  })

  test('given a limit used up, when a stake is written, then it says to wait and offers none', async ({ assert }) => {
    await world.set(globalExposure, '5')
    const other = await world.market()
    await world.taken(await world.customer(), other, 'YES', 5)
    const refused = await confirmation('10')
    assert.include(refused.text, 'No bet can be taken on this side at the moment')
    assert.deepEqual(refused.labels, ['⬅️ Back', '🏠 Home'])
  })

  test('given a customer who is banned meanwhile, when they confirm, then nothing is taken', async ({ assert }) => {
    const check = await confirmation()
    await Customer.query().where('id', anna.id).update({ bannedAt: 1, banReason: 'Fraud' })
    assert.include(toastOf(await bot.press(check.data('Bet')))!, 'access to this bot is closed')
    assert.isTrue(await untouched())
  })

  test('given betting switched off meanwhile, when pressed, then nothing is taken', async ({ assert }) => {
    const ask = await askYes()
    const check = screenOf(await bot.press(ask.data('100')))
    await set(marketsEnabled, false)
    assert.include(toastOf(await bot.press(check.data('Bet')))!, 'switched off')
    assert.include(textOf(await bot.press(ask.data('100'))), 'switched off')
    assert.include(textOf(await bot.press(side('YES'))), 'switched off')
    assert.isTrue(await untouched())
  })

  test('given a confirmation of long ago or of nobody, when pressed, then nothing is taken', async ({ assert }) => {
    const check = await confirmation()
    await bot.say('/cancel')
    const calls = await bot.press(check.data('Bet'))
    assert.include(toastOf(calls)!, 'shown a while ago')
    assert.include(textOf(calls), 'Prediction markets')
    assert.include(toastOf(await bot.press(placeBetData.pack({ key: 1 })))!, 'shown a while ago')
    assert.isTrue(await untouched())
  })

  test("given another customer's confirmation, when they press the same button, then it is not theirs", async ({
    assert,
  }) => {
    const check = await confirmation()
    await bot.press(check.data('Bet'))
    const boris = { ...ANNA, id: 6_000_000_002, username: 'boris' }
    assert.include(toastOf(await bot.press(check.data('Bet'), boris))!, 'shown a while ago')
    assert.lengthOf(await Bet.all(), 1)
  })

  test('given an interrupted bet, when the customer comes back, then it goes on at the odds of now', async ({
    assert,
  }) => {
    await confirmation()
    await bot.say('/menu')
    await world.taken(await world.customer(), market, 'NO', 300)
    const offered = screenOf(await bot.say('/start'))
    assert.include(offered.text, 'a bet')
    const check = screenOf(await bot.press(offered.data('Go on')))
    assert.include(seen(check.text), 'Odds: <b>4.00</b>')
    await bot.press(check.data('Bet'))
    assert.lengthOf(await Bet.query().where('customerId', anna.id), 1)
  })

  test('given a side that was only looked at, or a market that closed, when coming back, then nothing is offered', async ({
    assert,
  }) => {
    await askYes()
    assert.include(textOf(await bot.say('/start')), 'Welcome back')
    await confirmation()
    await bot.say('/menu')
    await Market.query().where('id', market.id).update({ status: 'closed' })
    const offered = screenOf(await bot.say('/start'))
    assert.include(textOf(await bot.press(offered.data('Go on'))), 'Bets are closed')
    assert.include(textOf(await bot.say('/start')), 'Welcome back')
  })

  test('given a shared pool, when quoted and taken, then odds and win are as things stand', async ({ assert }) => {
    await market.merge({ pricing: 'parimutuel', feePoints: 0 }).save()
    const first = await confirmation()
    assert.include(first.text, 'nothing to win yet')
    await world.taken(await world.customer(), market, 'NO', 300)
    const check = await confirmation()
    assert.notInclude(check.text, 'nothing to win')
    assert.include(seen(check.text), 'Odds: <b>4.00</b> as things stand')
    assert.include(check.text, 'the winners share the pool')
    assert.include(textOf(await bot.press(check.data('Bet'))), 'you get 400 PRED as things stand')
  })

  test('given the flow in {language}, when followed, then it speaks that language and Telegram takes all of it')
    .with([
      { language: 'en', words: ['You bet on <b>YES</b>', 'Please check your bet', 'Your bet is taken'] },
      { language: 'ru', words: ['Вы ставите на <b>ДА</b>', 'Проверьте ставку', 'Ставка принята'] },
      { language: 'uk', words: ['Ви ставите на <b>ТАК</b>', 'Перевірте ставку', 'Ставку прийнято'] },
    ])
    .run(async ({ assert }, { language, words }) => {
      await anna.merge({ language: language as any, languageChosen: true }).save()
      await market.merge({ title: '<'.repeat(200), description: '&'.repeat(3000) }).save()
      const ask = await askYes()
      const check = screenOf(await bot.press(ask.data('100')))
      const taken = screenOf(await bot.press(check.buttons[0].callback_data!))
      for (const [index, { text, buttons }] of [ask, check, taken].entries()) {
        assert.include(text, words[index])
        assert.isAtMost(visibleLength(text), index < 2 ? 1024 : 4096)
        for (const { callback_data: data = '' } of buttons) assert.isAtMost(Buffer.byteLength(data), 64)
      }
    })
})
