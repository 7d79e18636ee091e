import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import drive from '@adonisjs/drive/services/main'
import { parseJson } from '#core/database/columns'
import { MessageComposer } from '#core/contracts/message_composer'
import type { SymbolicButton } from '#core/contracts/outbox'
import type Customer from '#customers/models/customer'
import Bet from '#markets/models/bet'
import type Market from '#markets/models/market'
import { SandboxServer } from '#sandbox/server'
import { screenOf, startTestBot, type ApiCall, type TestBot } from '#tests/support/bot'
import { SettlingWorld } from '#tests/support/markets/settling_world'
import { givenPhoto } from '#tests/support/media'
import { runBot } from '#tests/support/running_bot'
import { seen } from '#tests/support/seen'
import { ANNA } from '#tests/support/updates'

const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)

test.group('Bot: the whole way of a bet', (group) => {
  const world = new SettlingWorld()
  let bot: TestBot
  let anna: Customer
  let market: Market

  group.each.setup(async () => {
    await world.setup()
    bot = await startTestBot()
    anna = await world.customer({ telegramId: ANNA.id, username: ANNA.username, bought: '100', free: '100' })
    market = await world.market({ title: 'Will it rain on Monday?' })
    return () => world.teardown()
  })

  /** From the menu to a bet of 150 on YES. */
  async function betOnYes() {
    const menu = screenOf(await bot.say('/menu'))
    const overview = screenOf(await bot.press(menu.data('Markets')))
    const list = screenOf(await bot.press(overview.data('All')))
    const card = screenOf(await bot.press(list.data('Will it rain')))
    await bot.press(card.data('YES'))
    const check = screenOf(await bot.say('150'))
    return screenOf(await bot.press(check.data('Bet 150')))
  }

  /** The last message that Anna is owed, as it will be composed. */
  async function lastNotice() {
    const row = await db.from('notifications').where('customer_id', anna.id).orderBy('id', 'desc').firstOrFail()
    const composer = await app.container.make(MessageComposer)
    const buttons = parseJson<SymbolicButton[][]>(row.buttons)!
    const { html, replyMarkup } = composer.compose('en', row.template, parseJson(row.params)!, buttons)
    const pressable = replyMarkup!.inline_keyboard.flat() as Array<{ text: string; callback_data: string }>
    return { text: seen(html), buttons: pressable }
  }

  test('given a bet from the menu on, when it wins, then notice, bet, card and history tell of it', async ({
    assert,
  }) => {
    const taken = await betOnYes()
    assert.include(seen(taken.text), 'Your bet is taken')
    const bets = screenOf(await bot.press(taken.data('My bets')))
    assert.deepEqual(bets.labels.map(seen).slice(0, 1), ['⏳ YES · 150 PRED · Will it rain on Monday?'])

    await world.taken(await world.customer(), market, 'NO', 150)
    await world.done(world.resolve(market, 'YES'))
    const notice = await lastNotice()
    assert.include(notice.text, 'You won!')
    const page = screenOf(await bot.press(notice.buttons[0].callback_data))
    assert.equal(page.method, 'sendMessage')
    assert.include(seen(page.text), 'won\nPaid out: <b>300 PRED</b>')
    const card = screenOf(await bot.press(page.data('Open the market')))
    assert.include(seen(card.text), 'The result: <b>YES</b>')
    assert.include(card.text, 'href="https://example.org/result"')
    assert.include(seen(card.text), 'You won <b>300 PRED</b> (you had staked 150 PRED)')
    assert.notInclude(card.labels.join(), 'YES')
    assert.include(textOf(await bot.say('/bets')), 'Settled: <b>1</b>')
    assert.include(textOf(await bot.say('/markets')), 'No market is open')
    assert.deepEqual(await world.purse(anna), { bought: 150_00n, free: 200_00n })
    assert.include(textOf(await bot.say('/balance')), '350 PRED')

    const history = screenOf(await bot.say('/history'))
    const paid = screenOf(await bot.press(history.data('Bet won')))
    const { reference } = await Bet.findByOrFail('customerId', anna.id)
    assert.include(paid.text, `What for: bet ${reference}`)
    assert.include(textOf(await bot.press(paid.data('Open the bet'))), reference)
  })

  test('given a bet, when it loses and the result turns out wrong, then it is told as lost and then as open again', async ({
    assert,
  }) => {
    await betOnYes()
    await world.done(world.resolve(market, 'NO'))
    assert.include(textOf(await bot.press(`1:market:${market.reference}`)), 'You had staked 150 PRED on YES')
    await world.done(world.reverse(market))
    const card = textOf(await bot.press(`1:market:${market.reference}`))
    assert.include(card, 'Bets are closed')
    assert.include(card, 'Yours: <b>150 PRED</b> on <b>YES</b>')
    await world.done(world.resolve(market, 'YES'))
    assert.include(textOf(await bot.press(`1:market:${market.reference}`)), 'You won <b>300 PRED</b>')
  })

  test('given a bet, when the market is cancelled, then every point is back and it says so', async ({ assert }) => {
    await betOnYes()
    await world.done(world.cancel(market))
    const card = textOf(await bot.press(`1:market:${market.reference}`))
    assert.include(card, 'All stakes have been given back')
    assert.include(card, '<b>150 PRED</b> is back on your balance')
    assert.deepEqual(await world.purse(anna), { bought: 100_00n, free: 100_00n })
    const { buttons } = await lastNotice()
    assert.include(textOf(await bot.press(buttons[0].callback_data)), 'given back')
    assert.include(textOf(await bot.press(buttons[1].callback_data)), 'Prediction markets')
  })

  test('given a market with an image, when walked through in Telegram, then one message changes and goes', async ({
    assert,
    cleanup,
  }) => {
    drive.fake()
    const sandbox = await SandboxServer.start()
    const running = await runBot({ token: sandbox.token, apiRoot: sandbox.url, sweepEveryMs: 50 })
    cleanup(async () => {
      await running.runner.stop()
      await sandbox.stop()
      drive.restore()
    })
    const image = await givenPhoto()
    await market.merge({ imageKey: image.key, endsAt: Date.UTC(2040, 0, 1) }).save()

    const boris = sandbox.customer({ first_name: 'Boris' })
    sandbox.say(boris, '/markets')
    const overview = await sandbox.waitForMessage(boris, { button: 'All' })
    sandbox.press(boris, overview, 'All')
    const list = await sandbox.waitForEdit(boris, overview, { button: 'Will it rain' })
    sandbox.press(boris, list, 'Will it rain')
    const card = await sandbox.waitForEdit(boris, list, { button: 'YES' })
    assert.isNotEmpty(card.photo!)
    assert.equal(card.message_id, overview.message_id)
    assert.include(card.caption!, 'Will it rain on Monday?')

    sandbox.press(boris, card, 'YES')
    const stake = await sandbox.waitForEdit(boris, card, { text: 'How much' })
    assert.isNotEmpty(stake.photo!)
    sandbox.press(boris, stake, 'Back')
    const again = await sandbox.waitForEdit(boris, stake, { button: 'Share' })
    const back = sandbox.press(boris, again, 'Back')
    await sandbox.waitForMessage(boris, { text: 'open market', after: card.message_id })
    await sandbox.waitForAnswer(back)
    assert.isNotEmpty(sandbox.journal.entries({ method: 'deleteMessage' }))
    const uploads = sandbox.journal.entries({ method: 'editMessageMedia' })
    assert.lengthOf(uploads, 3)
    await image.refresh()
    assert.isString(image.telegramFileId)
  })
})
