import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import Broadcast from '#broadcasts/models/broadcast'
import BroadcastVariant from '#broadcasts/models/broadcast_variant'
import { approvalRequired } from '#broadcasts/settings'
import type { Role } from '#staff/roles'
import { AdminFactory } from '#database/factories/admin_factory'
import { CustomerFactory } from '#database/factories/customer_factory'
import { sendBroadcastData } from '#bot/screens/admin_data'
import { screenOf, startTestBot, type ApiCall, type TestBot } from '#tests/support/bot'
import { resetDatabase } from '#tests/support/database'
import { ANNA, messageUpdate } from '#tests/support/updates'

test.group('Bot: broadcasts of admins', (group) => {
  let bot: TestBot

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    bot = await startTestBot()
  })

  const givenAdmin = (role: Role = 'owner') =>
    AdminFactory.merge({ role, fullName: 'Olena <Owner>', telegramId: ANNA.id }).create()

  const texts = (calls: ApiCall[]) => calls.filter(({ payload }) => payload.text).map(({ payload }) => payload.text)

  test('given a text with formatting, when composed and confirmed, then a broadcast to everybody is scheduled once', async ({
    assert,
  }) => {
    const admin = await givenAdmin('manager')
    await CustomerFactory.createMany(3)
    await CustomerFactory.apply('banned').create()

    assert.include(screenOf(await bot.say('/broadcast')).text, 'Send me the text')
    const entities = [
      { type: 'bold', offset: 3, length: 10 },
      { type: 'text_link', offset: 14, length: 4, url: 'https://example.org/?a=1&b="' },
    ]
    const [message, preview] = await bot.receive(messageUpdate({ text: '🎉 Big <sale> here {first_name}', entities }))
    assert.equal(
      message.payload.text,
      '🎉 <b>Big &lt;sale&gt;</b> <a href="https://example.org/?a=1&amp;b=&quot;">here</a> {first_name}'
    )
    const screen = screenOf([preview])
    assert.include(screen.text, 'Recipients: <b>4</b> of 5')
    assert.deepEqual(screen.labels.slice(0, 2), ['✅ Send to 4 customers', '✏️ Write it anew'])

    const confirm = screen.data('Send to')
    assert.include(screenOf(await bot.press(confirm)).text, 'on its way')
    assert.include(screenOf(await bot.press(confirm)).text, 'nothing was sent twice')

    const [broadcast, ...others] = await Broadcast.all()
    assert.isEmpty(others)
    assert.equal(broadcast.status, 'scheduled')
    assert.deepEqual(broadcast.audience, { kind: 'all' })
    assert.equal(broadcast.createdBy, admin.id)
    assert.equal(broadcast.title, '🎉 Big <sale> here {first_name}')
    const session = await bot.deps.sessions.read(ANNA.id)
    assert.deepEqual(session.drafts, {})
  })

  test('given the four-eyes rule, when confirmed, then a second admin is waited for', async ({ assert }) => {
    await givenAdmin('manager')
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, approvalRequired, true))
    await bot.say('/broadcast')
    const [, preview] = await bot.say('Important')
    const { text } = screenOf(await bot.press(screenOf([preview]).data('Send to')))
    await transaction((trx) => settings.set(trx, approvalRequired, false))

    assert.include(text, 'A second admin must agree')
    const broadcast = await Broadcast.firstOrFail()
    assert.equal(broadcast.status, 'awaiting_approval')
  })

  test('given a draft, when it is written anew, then the same broadcast has the new text', async ({ assert }) => {
    await givenAdmin()
    await bot.say('/broadcast')
    await bot.say('First try')
    await bot.press('1:compose')
    await bot.say('Second try')
    assert.lengthOf(await Broadcast.all(), 1)
    const variants = await BroadcastVariant.all()
    assert.deepEqual(
      variants.map(({ html }) => html),
      ['Second try']
    )
  })

  test('given a draft that was changed in the panel, when the old button is pressed, then nothing is sent', async ({
    assert,
  }) => {
    await givenAdmin()
    await bot.say('/broadcast')
    const [, preview] = await bot.say('As I saw it')
    await Broadcast.query().increment('revision', 1)

    assert.include(screenOf(await bot.press(screenOf([preview]).data('Send to'))).text, 'changed in the panel')
    const broadcast = await Broadcast.firstOrFail()
    assert.equal(broadcast.status, 'draft')
  })

  test('given a draft that was changed in the panel, when it is written anew, then it is left alone', async ({
    assert,
  }) => {
    await givenAdmin()
    await bot.say('/broadcast')
    await bot.say('First try')
    await Broadcast.query().increment('revision', 1)
    await bot.press('1:compose')

    assert.include(screenOf(await bot.say('Second try')).text, 'changed in the panel')
    const variants = await BroadcastVariant.all()
    assert.deepEqual(
      variants.map(({ html }) => html),
      ['First try']
    )

    await bot.say('Third try')
    assert.lengthOf(await Broadcast.all(), 2)
  })

  test('given {title}, when sent as the text, then the mistake is explained and the flow waits for another')
    .with([
      { title: 'an unknown placeholder', text: 'Hi {nickname}', answer: 'Nobody has a value for {nickname}' },
      { title: 'nothing but spaces', text: '\u2800\u00a0', answer: 'nothing to read' },
      { title: 'a text that grows too long', text: `{first_name}${'x'.repeat(4084)}`, answer: 'grows to 4,10\\d' },
    ])
    .run(async ({ assert }, { text, answer }) => {
      await givenAdmin()
      await CustomerFactory.merge({ firstName: 'A name of twenty-two' }).create()
      await bot.say('/broadcast')
      const calls = await bot.say(text)
      const told = calls.length > 1 ? await bot.press(screenOf([calls[1]]).data('Send to')) : calls
      assert.match(screenOf(told).text, new RegExp(answer))
      const { flow } = await bot.deps.sessions.read(ANNA.id)
      assert.equal(flow, 'broadcast')
      assert.isNull(await Broadcast.query().whereNot('status', 'draft').first())
    })

  test('given a picture, when it comes instead of a text, then it is declined with the way to do it', async ({
    assert,
  }) => {
    await givenAdmin()
    await bot.say('/broadcast')
    const calls = await bot.receive(messageUpdate({ photo: [{ file_id: 'x' }], caption: 'Look' }))
    assert.include(screenOf(calls).text, 'I take text only')
    assert.isNull(await Broadcast.first())
  })

  test('given an interrupted draft, when the bot restarts and /start comes, then it offers to go on', async ({
    assert,
  }) => {
    await givenAdmin()
    await bot.say('/broadcast')
    await bot.say('Almost done')
    await bot.say('/menu')
    assert.include(texts(await bot.say('chatting')).at(-1), 'I read you')

    const restarted = await startTestBot()
    const offer = screenOf(await restarted.say('/start'))
    assert.include(offer.text, 'a broadcast to all customers')
    const [message, preview] = texts(await restarted.press(offer.data('Go on')))
    assert.equal(message, 'Almost done')
    assert.include(preview, 'Recipients')

    const dropped = await restarted.press(offer.data('Discard'))
    assert.include(screenOf(dropped).text, 'Cancelled')
    assert.include(screenOf(await restarted.say('/start')).text, 'Welcome back')
    assert.include(screenOf(await restarted.press(offer.data('Go on'))).text, 'no longer there')
  })

  test('given a step of the flow, when /cancel comes, then it is left', async ({ assert }) => {
    await givenAdmin()
    await bot.say('/broadcast')
    assert.include(screenOf(await bot.say('/cancel')).text, 'Cancelled')
    assert.include(screenOf(await bot.say('Text after')).text, 'I read you')
    assert.include(screenOf(await bot.say('/cancel')).text, 'nothing to cancel')
    assert.isNull(await Broadcast.first())
  })

  test('given rights lost in the middle, when the text comes, then nothing is made of it', async ({ assert }) => {
    const admin = await givenAdmin('manager')
    await bot.say('/broadcast')
    await admin.merge({ role: 'read-only' }).save()
    assert.include(screenOf(await bot.say('Too late')).text, 'I read you')
    assert.isNull(await Broadcast.first())
  })

  test('given a broadcast id that is not there, when confirmed, then it is said', async ({ assert }) => {
    await givenAdmin()
    const { text } = screenOf(await bot.press(sendBroadcastData.pack({ broadcast: 999, revision: 1 })))
    assert.include(text, 'broadcast_not_found')
  })
})
