import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { transaction } from '#core/database/transaction'
import Customer from '#customers/models/customer'
import { system, wallet } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import { topUpEnabled } from '#payments/settings'
import { starsEnabled } from '#stars/settings'
import { CustomerFactory } from '#database/factories/customer_factory'
import { screenOf, startTestBot, type ApiCall, type TestBot } from '#tests/support/bot'
import { resetDatabase } from '#tests/support/database'
import { givenBalance, money, valueOf } from '#tests/support/payments/given'
import { seen } from '#tests/support/seen'
import { ANNA } from '#tests/support/updates'

const ACTOR = { type: 'system' as const, id: null, name: 'test' }
const textOf = (calls: ApiCall[]) => seen(screenOf(calls).text)

test.group('Bot: balance', (group) => {
  let bot: TestBot
  let anna: Customer

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    bot = await startTestBot()
    anna = await CustomerFactory.merge({ telegramId: ANNA.id }).create()
  })

  test('given several currencies, when opened, then each is there and what is reserved is told apart', async ({
    assert,
  }) => {
    await givenBalance(anna.id, money('1150.5'))
    await givenBalance(anna.id, money('7', 'USDT'))
    const ledger = await app.container.make(Ledger)
    const hold = {
      customerId: anna.id,
      amount: money('50'),
      kind: 'withdrawal',
      reference: null,
      expiresAt: null,
    } as const
    valueOf(await transaction((trx) => ledger.reserve(trx, { ...hold, key: 'test:hold', actor: ACTOR })))

    const text = textOf(await bot.say('/balance'))
    assert.include(text, '<b>1,100.50 TON</b>\n<b>7 USDT</b>')
    assert.include(text, 'Reserved: 50 TON')
    assert.include(text, 'comes back when they don’t')
    assert.notInclude(text, 'Gift points')
  })

  test('given gift and bought points, when opened in {language}, then they are apart and explained')
    .with([
      {
        language: 'en',
        total: '<b>10,250 PRED</b>',
        gift: 'given as a gift: 10,000 PRED',
        own: 'won: 250 PRED',
        why: 'can’t be withdrawn',
      },
      {
        language: 'ru',
        total: '<b>10 250 PRED</b>',
        gift: 'подарено: 10 000 PRED',
        own: 'выиграно: 250 PRED',
        why: 'нельзя вывести',
      },
      {
        language: 'uk',
        total: '<b>10 250 PRED</b>',
        gift: 'подаровано: 10 000 PRED',
        own: 'виграно: 250 PRED',
        why: 'не можна вивести',
      },
    ])
    .run(async ({ assert }, { language, total, gift, own, why }) => {
      const boris = { ...ANNA, id: 6_000_000_002, language_code: language }
      await bot.say('/start', boris)
      const customer = await Customer.findByOrFail('telegramId', boris.id)
      const ledger = await app.container.make(Ledger)
      const postings = [
        { from: system('house', 'PRED'), to: wallet(customer.id, 'PRED'), amount: money('250', 'PRED') },
      ]
      const won = { kind: 'settlement' as const, key: 'test:won', postings, actor: ACTOR }
      valueOf(await transaction((trx) => ledger.transfer(trx, won)))

      const text = textOf(await bot.say('/balance', boris))
      for (const words of [total, gift, own, why]) assert.include(text, words)
    })

  test('given what is switched off, when opened, then it is not offered', async ({ assert }) => {
    assert.includeMembers(screenOf(await bot.say('/balance')).labels, ['➕ Top up', '🧾 History', '⭐ Buy Stars'])
    bot.settings.set(topUpEnabled, false)
    bot.settings.set(starsEnabled, false)
    const { labels } = screenOf(await bot.say('/balance'))
    assert.deepEqual(labels, ['🧾 History', '⬅️ Back', '🏠 Home'])
  })
})
