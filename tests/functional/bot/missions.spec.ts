import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { MessageComposer } from '#core/contracts/message_composer'
import type Customer from '#customers/models/customer'
import { granted } from '#ledger/accounts'
import Mission from '#markets/models/mission'
import { marketsEnabled } from '#markets/settings'
import {
  claimMissionData,
  leaderboardData,
  leaderboardPageData,
  missionsData,
  missionsPageData,
  profileData,
} from '#bot/screens/mission_data'
import { statisticsData } from '#bot/screens/screen_data'
import { progressBar } from '#bot/missions/progress_bar'
import { screenOf, startTestBot, toastOf, type ApiCall, type TestBot } from '#tests/support/bot'
import { balanceOf } from '#tests/support/ledger'
import { BettorsWorld } from '#tests/support/markets/bettors_world'
import { seen } from '#tests/support/seen'
import { ANNA, callbackUpdate } from '#tests/support/updates'

/** Without tags. */
const plain = (html: string) => seen(html).replace(/<\/?[bs]>/g, '')
const textOf = (calls: ApiCall[]) => plain(screenOf(calls).text)
const labelsOf = (calls: ApiCall[]) => screenOf(calls).labels.map(seen)

test.group('Bot: missions, leaderboard and profile', (group) => {
  const world = new BettorsWorld()
  let bot: TestBot
  let anna: Customer

  group.each.setup(async () => {
    await world.setup()
    bot = await startTestBot()
    app.container.restore(Clock)
    app.container.swap(Clock, () => world.clock)
    anna = await world.customer({ telegramId: ANNA.id, username: ANNA.username, firstName: 'Anna', lastName: null })
    return () => world.teardown()
  })

  const missionId = async (code: string) => {
    const { id } = await Mission.findByOrFail('code', code)
    return id
  }
  const rowsOf = (text: string) => text.split('\n').filter((line) => /^(🥇|🥈|🥉|\d+\.) /u.test(line))

  test('the menu leads to missions, unless markets are off', async ({ assert }) => {
    assert.include(labelsOf(await bot.say('/menu')), '🏅 Missions & leaderboard')
    bot.settings.set(marketsEnabled, false)
    assert.notInclude(labelsOf(await bot.say('/menu')), '🏅 Missions & leaderboard')
  })

  test('missions are listed with what was reached; all nineteen by pages', async ({ assert }) => {
    const market = await world.market('crypto')
    for (let count = 0; count < 3; count++) await world.bet(market, anna.id)
    const text = textOf(await bot.say('/missions'))
    assert.include(text, 'Complete: 2 of 19')
    assert.include(text, 'Rewards waiting for you: 2')
    assert.include(text, '🎁 🎯 First bet · 500 PRED')
    assert.include(text, '▰▰▰▰▰▰▱▱▱▱ 3 / 5')
    const rest = []
    for (const page of [2, 3, 4]) rest.push(textOf(await bot.press(missionsPageData.pack({ page }))))
    for (const { titles } of await Mission.all()) assert.include([text, ...rest].join('\n'), titles.en!)
    const last = screenOf(await bot.press(missionsPageData.pack({ page: 4 })))
    assert.notInclude(last.labels, '▶️')
  })

  test('a reward is claimed by its button, once, and the list says so', async ({ assert }) => {
    await world.bet(await world.market(), anna.id)
    const shown = screenOf(await bot.press(missionsData.pack({})))
    const data = shown.data('500')
    const calls = await bot.press(data)
    assert.include(seen(toastOf(calls)!), '500 PRED are yours')
    assert.notInclude(labelsOf(calls).join(), '500 PRED')
    assert.equal(await balanceOf(granted(anna.id)), 50_000n)
    assert.include(toastOf(await bot.press(data))!, 'claimed this reward already')
    assert.equal(await balanceOf(granted(anna.id)), 50_000n)
  })

  test('the same press that Telegram delivers twice is one claim', async ({ assert }) => {
    await world.bet(await world.market(), anna.id)
    const update = callbackUpdate(claimMissionData.pack({ mission: await missionId('FIRST_BET') }))
    const first = await bot.receive(update)
    const again = await bot.receive(update)
    assert.equal(toastOf(again), toastOf(first))
    assert.equal(await balanceOf(granted(anna.id)), 50_000n)
  })

  test('the button of the notice claims too, and leaves the notice where it is', async ({ assert }) => {
    await world.bet(await world.market(), anna.id)
    const [notice] = await db.from('notifications').where({ customer_id: anna.id, type: 'MISSION_COMPLETED' })
    const composer = await app.container.make(MessageComposer)
    const read = (value: any) => (typeof value === 'string' ? JSON.parse(value) : value)
    const message = composer.compose('en', notice.template, read(notice.params), read(notice.buttons))
    assert.include(plain(message.html), 'Mission complete: 🎯 First bet')
    assert.include(plain(message.html), 'Your reward: 500 PRED')
    const button = message.replyMarkup!.inline_keyboard[0][0]
    const calls = await bot.press(button.callback_data as string)
    assert.equal(screenOf(calls).method, 'sendMessage')
    assert.equal(await balanceOf(granted(anna.id)), 50_000n)
  })

  test('what is not complete or not there is answered in words', async ({ assert }) => {
    const early = await bot.press(claimMissionData.pack({ mission: await missionId('5_BETS') }))
    assert.include(toastOf(early)!, 'not complete yet: 0 of 5')
    const gone = await bot.press(claimMissionData.pack({ mission: 999 }))
    assert.include(toastOf(gone)!, 'no more')
    assert.include(textOf(gone), 'Missions')
  })

  test('the leaderboard has tabs for periods and figures, and one’s own place', async ({ assert }) => {
    assert.include(textOf(await bot.say('/leaderboard')), 'Nobody yet')
    const rival = await world.customer({ firstName: 'Zoe<b>', lastName: 'Hidden' })
    await world.decided(rival.id, true, { stake: 100_00n, potential: 500_00n })
    await world.decided(anna.id, true, { stake: 100_00n, potential: 150_00n })
    await world.decided(anna.id, true, { stake: 100_00n, potential: 150_00n })

    const week = screenOf(await bot.press(leaderboardData.pack({})))
    const text = plain(week.text)
    assert.deepEqual(rowsOf(text), ['🥇 Zoe b · +400 PRED', '🥈 Anna 👈 · +100 PRED'])
    assert.include(text, 'You: place 2, +100 PRED')
    assert.notInclude(text, 'Hidden')
    assert.includeMembers(week.labels, ['• Week •', 'Month', 'All time', '• Profit •', 'Wins', 'Volume'])

    const wins = textOf(await bot.press(leaderboardPageData.pack({ period: 'all', metric: 'wins', page: 1 })))
    assert.deepEqual(rowsOf(wins), ['🥇 Anna 👈 · 2 wins', '🥈 Zoe b · 1 win'])
  })

  test('who is further down turns pages, up to the tenth', async ({ assert }) => {
    for (let count = 0; count < 12; count++) {
      const { id } = await world.customer()
      await world.decided(id, true)
    }
    const place = { period: 'week', metric: 'wins' } as const
    const second = screenOf(await bot.press(leaderboardPageData.pack({ ...place, page: 2 })))
    assert.lengthOf(rowsOf(plain(second.text)), 2)
    assert.include(second.labels, '◀️')
    assert.notInclude(second.labels, '▶️')
    assert.include(plain(second.text), 'You are not here yet')
    const beyond = screenOf(await bot.press(leaderboardPageData.pack({ ...place, page: 999 })))
    assert.lengthOf(rowsOf(plain(beyond.text)), 10)
  })

  test('the profile tells rank, the way to the next one, figures and places', async ({ assert }) => {
    const fresh = textOf(await bot.say('/profile'))
    assert.include(fresh, 'Rank: 🥉 Bronze')
    assert.include(fresh, '11 wins to go to 🥈 Silver')
    await world.wins(anna.id, 3)
    await world.decided(anna.id, false)
    const text = textOf(await bot.press(profileData.pack({})))
    assert.include(text, '8 wins to go to 🥈 Silver')
    assert.include(text, 'Won: 3, lost: 1')
    assert.include(text, 'Profit: +200 PRED')
    assert.include(text, 'Wins in a row: 0, best: 3')
    assert.include(text, '🏆 Week: place 1 by profit')
    const statistics = textOf(await bot.press(statisticsData.pack({})))
    assert.include(statistics, 'Bets: 4, won: 3')
    assert.include(statistics, 'Rank: 🥉 Bronze')
  })

  test('all of it speaks {language}')
    .with([
      { language: 'ru', words: ['Миссии', 'Первая ставка', 'Таблица лидеров', 'Ранг: 🥉 Бронза'] },
      { language: 'uk', words: ['Місії', 'Перша ставка', 'Таблиця лідерів', 'Ранг: 🥉 Бронза'] },
    ])
    .run(async ({ assert }, { language, words }) => {
      await world.decided(anna.id, true)
      const from = { ...ANNA, language_code: language }
      const texts = []
      for (const command of ['/missions', '/leaderboard', '/profile']) texts.push(textOf(await bot.say(command, from)))
      for (const word of words) assert.include(texts.join('\n'), word)
    })

  test('a bar is full only when the target is reached', ({ assert }) => {
    assert.deepEqual(
      [progressBar(0, 7), progressBar(1, 50_000), progressBar(6, 7), progressBar(7, 7), progressBar(9, 7)],
      ['▱▱▱▱▱▱▱▱▱▱', '▰▱▱▱▱▱▱▱▱▱', '▰▰▰▰▰▰▰▰▱▱', '▰▰▰▰▰▰▰▰▰▰', '▰▰▰▰▰▰▰▰▰▰']
    )
  })
})
