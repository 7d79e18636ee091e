import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { MessageComposer } from '#core/contracts/message_composer'
import { parseJson } from '#core/database/columns'
import type Customer from '#customers/models/customer'
import { seen } from '#tests/support/seen'
import { SettlingWorld } from '#tests/support/markets/settling_world'

test.group('News of a settlement', (group) => {
  const world = new SettlingWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  /** The last message of a customer, as it reads in that language. */
  const lastMessage = async ({ id }: Customer, language = 'en') => {
    const composer = await app.container.make(MessageComposer)
    const row = await db
      .from('notifications')
      .where('customer_id', id)
      .whereLike('template', 'bet_%')
      .orderBy('id', 'desc')
      .first()
    const { html, replyMarkup } = composer.compose(
      language,
      row.template,
      parseJson(row.params),
      parseJson(row.buttons)
    )
    return { text: seen(html), buttons: JSON.stringify(replyMarkup) }
  }

  test('says what the bet was and what came of it, and opens the bet', async ({ assert }) => {
    const market = await world.market({ title: 'Rain & <snow>?' })
    const [ann, bob] = [await world.customer(), await world.customer()]
    const bet = await world.taken(ann, market, 'YES', '12.50')
    await world.taken(bob, market, 'NO', 10)
    await world.done(world.resolve(market, 'YES'))

    const won = await lastMessage(ann)
    assert.equal(
      won.text,
      '🎉 <b>You won!</b>\nRain &amp; &lt;snow&gt;?\n\nYour bet: ✅ YES, 12.50 PRED\nPaid out: <b>25 PRED</b>'
    )
    assert.include(won.buttons, bet.reference)
    const lost = await lastMessage(bob)
    assert.equal(
      lost.text,
      '😔 <b>Not this time.</b>\nRain &amp; &lt;snow&gt;?\n\nResult: ✅ YES\nYour bet: ❌ NO, 10 PRED'
    )
    const russian = await lastMessage(bob, 'ru')
    assert.include(russian.text, 'Результат: ✅ ДА')
  })

  test('says that a result was corrected, what is taken back and what is owed', async ({ assert }) => {
    const market = await world.market({ title: 'Rain?' })
    const [ann, bob] = [await world.customer({ bought: '10' }), await world.customer()]
    await world.taken(ann, market, 'YES', 10)
    await world.taken(bob, market, 'NO', 10)
    await world.done(world.resolve(market, 'YES'))
    const other = await world.market()
    await world.taken(ann, other, 'YES', 20)
    await world.done(world.reverse(market))

    const { text } = await lastMessage(ann)
    assert.equal(
      text,
      '🔄 <b>A result was corrected</b>\nRain?\n\nYour bet of 10 PRED is open again until the market is settled anew.\n' +
        'What it had brought was taken back: 20 PRED.\nYou have spent 20 PRED of it already: your next wins pay that off first.'
    )
    const loser = await lastMessage(bob)
    assert.match(loser.text, /settled anew\.$/)

    await world.done(world.cancel(other))
    const refund = await lastMessage(ann)
    assert.equal(
      refund.text,
      '↩️ <b>Your stake is back: 20 PRED</b>\nWill it rain on Monday?\n\nThe market was cancelled.\n20 PRED of it went to what you owed.'
    )
  })

  test('reads in every language', async ({ assert }) => {
    const market = await world.market({ pricing: 'parimutuel' })
    const ann = await world.customer()
    await world.taken(ann, market, 'YES', 10)
    await world.done(world.resolve(market, 'NO'))
    const texts = await Promise.all(['en', 'ru', 'uk'].map((language) => lastMessage(ann, language)))
    assert.deepEqual(
      texts.map(({ text }) => text.split('\n')[0]),
      [
        '↩️ <b>Your stake is back: 10 PRED</b>',
        '↩️ <b>Ставка возвращена: 10 PRED</b>',
        '↩️ <b>Ставку повернено: 10 PRED</b>',
      ]
    )
  })
})
