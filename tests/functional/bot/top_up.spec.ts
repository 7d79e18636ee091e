import { test } from '@japa/runner'
import Invoice from '#payments/models/invoice'
import { topUpEnabled } from '#payments/settings'
import { screenOf, startTestBot, toastOf, type ApiCall, type TestBot } from '#tests/support/bot'
import { resetDatabase } from '#tests/support/database'
import { FakeProvider } from '#tests/support/payments/fake_provider'
import { givenPayments } from '#tests/support/payments/given'
import { seen } from '#tests/support/seen'
import { ANNA } from '#tests/support/updates'

const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)

test.group('Bot: top-up', (group) => {
  let bot: TestBot

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    const { restore } = givenPayments(new FakeProvider('heleket'))
    bot = await startTestBot()
    return restore
  })

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
