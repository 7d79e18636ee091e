import { test } from '@japa/runner'
import Customer from '#customers/models/customer'
import { CustomerFactory } from '#database/factories/customer_factory'
import { menuData, settingsData, statisticsData } from '#bot/screens/screen_data'
import { contacts, messagesPerMinute } from '#bot/bot_settings'
import { screenOf, startTestBot, toastOf, type TestBot } from '#tests/support/bot'
import { forgetLimits } from '#tests/support/limits'
import { resetDatabase } from '#tests/support/database'
import { ANNA, membershipUpdate, messageUpdate, textUpdate } from '#tests/support/updates'

test.group('Bot: conversation', (group) => {
  let bot: TestBot

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    bot = await startTestBot()
  })

  const anna = () => Customer.findByOrFail('telegramId', ANNA.id)

  test('given a newcomer, when they start, then they are a customer and see the menu', async ({ assert }) => {
    const screen = screenOf(await bot.say('/start'))

    const customer = await anna()
    assert.equal(customer.startedAt, customer.createdAt)
    assert.include(screen.text, 'Hello, <b>Anna</b>')
    assert.deepEqual(screen.labels, [
      '⭐ Buy Stars',
      '💰 Balance',
      '🎯 Markets',
      '🏅 Missions & leaderboard',
      '📊 My statistics',
      '⚙️ Settings',
      '❓ Help',
    ])
  })

  test('given a name full of markup, when greeted, then it is shown and not obeyed', async ({ assert }) => {
    const from = { ...ANNA, first_name: '</b><a href="tg://user?id=1">Eve</a>&amp;' }
    const screen = screenOf(await bot.say('/start', from))
    assert.include(screen.text, '<b>&lt;/b&gt;&lt;a href=&quot;tg://user?id=1&quot;&gt;Eve&lt;/a&gt;&amp;amp;</b>')
  })

  test('given a referral link, when started by it, then the referrer is bound', async ({ assert }) => {
    const referrer = await CustomerFactory.create()
    await bot.say(`/start ref_${referrer.referralCode}`)
    const customer = await anna()
    assert.equal(customer.referrerId, referrer.id)
  })

  test('given a link to a screen, when started by it, then that screen opens', async ({ assert }) => {
    assert.include(screenOf(await bot.say('/start settings')).text, 'Settings')
    assert.include(screenOf(await bot.say('/start no_such_thing')).text, 'Welcome back')
  })

  test('given a client in {$self}, when they start, then the bot speaks it')
    .with(['ru', 'uk', 'uk-UA', 'de'])
    .run(async ({ assert }, language) => {
      const expected = { ru: 'Здравствуйте', uk: 'Вітаємо', 'uk-UA': 'Вітаємо', de: 'Hello' }[language]!
      const screen = screenOf(await bot.say('/start', { ...ANNA, language_code: language }))
      assert.include(screen.text, expected)
    })

  test('given any screen but the menu, when shown, then it edits its message and has Back and Home', async ({
    assert,
  }) => {
    const seen = new Set<string>()
    const found = screenOf(await bot.say('/start')).buttons
    for (const { callback_data: data } of found) {
      if (!data || seen.has(data) || data.includes('set_language')) continue
      seen.add(data)
      await forgetLimits()
      const calls = await bot.press(data)
      const screen = screenOf(calls)
      found.push(...screen.buttons)

      assert.isAtMost(Buffer.byteLength(data), 64)
      assert.equal(screen.method, 'editMessageText', data)
      assert.equal(calls.at(-1)!.method, 'answerCallbackQuery', data)
      if (data !== menuData.pack({})) assert.includeMembers(screen.labels, ['⬅️ Back', '🏠 Home'], data)
    }
    assert.isAbove(seen.size, 30)
  })

  test('given settings, when a language is pressed, then everything changes to it at once', async ({ assert }) => {
    await bot.say('/start')
    const languages = screenOf(await bot.say('/language'))
    assert.include(languages.labels, '✅ 🇬🇧 English')
    const after = screenOf(await bot.press(languages.data('Українська')))
    assert.include(after.text, 'Мова')
    assert.include(after.labels, '✅ 🇺🇦 Українська')
    assert.include(screenOf(await bot.say('/menu')).text, 'Головне меню')
    const customer = await anna()
    assert.isTrue(customer.languageChosen)
  })

  test('given a place that is not listed, when it is written, then its zone is kept and its time shown', async ({
    assert,
  }) => {
    await bot.say('/start')
    const zones = screenOf(await bot.press('1:time_zones'))
    const asked = screenOf(await bot.press(zones.data('Another place')))
    assert.include(asked.text, 'UTC+5:45')
    assert.include(screenOf(await bot.say('Atlantis')).text, 'I don’t know this place')
    assert.include(screenOf(await bot.say('Kathmandu')).text, 'Kathmandu, 17:45')
    const customer = await Customer.findByOrFail('telegramId', ANNA.id)
    assert.equal(customer.timeZone, 'Asia/Kathmandu')
    assert.include(screenOf(await bot.say('UTC+5')).text, 'don’t know what to do with it')

    await bot.press('1:other_time_zone')
    assert.include(screenOf(await bot.say('utc-3')).text, 'UTC−3, 09:00')
    await bot.press('1:other_time_zone')
    await bot.press('1:time_zones')
    assert.include(screenOf(await bot.say('utc+3')).text, 'don’t know what to do with it')
  })

  test('given settings, when a time zone is picked, then it is kept and its time shown', async ({ assert }) => {
    await bot.say('/start')
    const zones = screenOf(await bot.press('1:time_zones'))
    assert.include(zones.labels, '✅ Default')
    assert.include(zones.labels, 'Kyiv 15:00')
    const after = screenOf(await bot.press(zones.data('Kyiv')))
    assert.include(after.text, 'Kyiv, 15:00')
    const customer = await anna()
    assert.equal(customer.timeZone, 'Europe/Kyiv')
    assert.include(screenOf(await bot.press(settingsData.pack({}))).text, 'Kyiv, 15:00')
  })

  test('given news, when one kind is refused, then only that one is, however often it is pressed', async ({
    assert,
  }) => {
    await bot.say('/start')
    const news = screenOf(await bot.press('1:news'))
    const refuse = news.data('Special offers')
    await bot.press(refuse)
    const after = screenOf(await bot.press(refuse))
    assert.deepEqual(after.labels.slice(0, 3), ['🔔 Announcements', '🔕 Special offers', '🔔 Events'])
    assert.include(screenOf(await bot.press(settingsData.pack({}))).text, '2 of 3')
  })

  test('given invited people, when statistics are opened, then they are counted and the link is there', async ({
    assert,
  }) => {
    await bot.say('/start')
    const customer = await anna()
    await CustomerFactory.merge({ referrerId: customer.id }).createMany(3)
    const screen = screenOf(await bot.press(statisticsData.pack({})))
    assert.include(screen.text, 'invited: <b>3</b>')
    assert.include(screen.text, `https://t.me/kontora_bot?start=ref_${customer.referralCode}`)
  })

  test('given contacts, when help is opened, then they are shown escaped, and without them there is a way too', async ({
    assert,
  }) => {
    assert.include(screenOf(await bot.say('/help')).text, 'Write to the people who gave you the link')
    bot.settings.set(contacts, '<Support> @help & co')
    const { text } = screenOf(await bot.say('/help'))
    assert.include(text, '&lt;Support&gt; @help &amp; co')
    assert.include(text, '/language - choose the language')
    assert.notInclude(text, '/admin')
  })

  test('given a ban, when the customer tries anything, then there is one clear answer and nothing happens', async ({
    assert,
  }) => {
    await CustomerFactory.apply('banned').merge({ telegramId: ANNA.id }).create()
    bot.settings.set(contacts, '@support')

    const { text, labels } = screenOf(await bot.say('/start'))
    assert.include(text, 'access to this bot is closed')
    assert.include(text, '@support')
    assert.isEmpty(labels)
    const calls = await bot.press('1:set_language:ru')
    assert.deepEqual(
      calls.map(({ method }) => method),
      ['answerCallbackQuery']
    )
    assert.include(toastOf(calls)!, 'access to this bot is closed')
    const customer = await anna()
    assert.equal(customer.language, 'en')
  })

  test('given a customer who blocks and unblocks the bot, when told so, then reachability follows', async ({
    assert,
  }) => {
    await bot.say('/start')
    assert.isEmpty(await bot.receive(membershipUpdate('kicked')))
    let customer = await anna()
    assert.isTrue(customer.isUnreachable)

    assert.isEmpty(await bot.receive(membershipUpdate('member')))
    customer = await anna()
    assert.isFalse(customer.isUnreachable)
  })

  test('given a banned customer at the limit, when they unblock the bot, then they are reachable and hear nothing', async ({
    assert,
  }) => {
    await CustomerFactory.apply('banned').apply('unreachable').merge({ telegramId: ANNA.id }).create()
    bot.settings.set(messagesPerMinute, 1)
    await bot.say('hello')
    await bot.say('hello')
    await bot.receive(membershipUpdate('kicked'))
    assert.isEmpty(await bot.receive(membershipUpdate('member')))
    const customer = await anna()
    assert.isFalse(customer.isUnreachable)
  })

  test('given a stranger who blocks the bot, when told so, then no customer is made of it', async ({ assert }) => {
    await bot.receive(membershipUpdate('kicked'))
    assert.isNull(await Customer.first())
  })

  test('given a group, a channel or another bot, when they write, then the bot keeps quiet', async ({ assert }) => {
    const chat = { id: -100, type: 'supergroup', title: 'G' }
    assert.isEmpty(await bot.receive(messageUpdate({ text: '/start', chat })))
    const other = textUpdate('/start', { ...ANNA, is_bot: true })
    assert.isEmpty(await bot.receive(other))
    assert.isNull(await Customer.first())
  })
})
