import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { TelegramPace } from '#core/contracts/telegram_pace'
import Customer from '#customers/models/customer'
import { SandboxServer } from '#sandbox/server'
import { resetDatabase } from '#tests/support/database'
import { runBot } from '#tests/support/running_bot'
import { forgetPace } from '#tests/support/telegram/pace'
import { MINUTE, SECOND, TestClock } from '#tests/support/test_clock'

test.group('Bot: answers while Telegram asks for silence', (group) => {
  let sandbox: SandboxServer
  let clock: TestClock
  let anna: ReturnType<SandboxServer['customer']>
  let menu: Awaited<ReturnType<SandboxServer['waitForMessage']>>
  let stop: () => Promise<void>

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    clock = new TestClock()
    app.container.swap(Clock, () => clock)
    sandbox = await SandboxServer.start()
    await givenBot()
    anna = sandbox.customer({ first_name: 'Anna', language_code: 'en' })
    sandbox.start(anna)
    menu = await sandbox.waitForMessage(anna, { button: 'Settings' })
    return async () => {
      await stop()
      await sandbox.stop()
      app.container.restore(Clock)
    }
  })

  async function givenBot() {
    const { runner } = await runBot({ token: sandbox.token, apiRoot: sandbox.url, sweepEveryMs: 20 })
    stop = () => runner.stop()
  }

  /** The next call that counts is refused for a minute. */
  const givenFlood = () =>
    sandbox.faults.set({ kind: 'too_many_requests', retryAfter: 60, count: 1, methods: ['send*', 'edit*'] })

  /** Telegram listens again; that anybody knows it is up to `clock`. */
  async function endSilence() {
    await db.from('telegram_pace').delete()
    await forgetPace()
  }

  async function owed(count: number) {
    await until(async () => {
      const rows = await db.from('bot_answers')
      return rows.length === count
    })
  }

  async function allFinished() {
    await until(async () => (await db.from('bot_updates').whereNull('finished_at').first()) === null)
  }

  const sent = () => sandbox.answers(anna).map(({ text }) => text!)
  const passed = (method: string) => sandbox.journal.entries({ method }).filter(({ outcome }) => outcome === 200)

  test('given a long 429, when a customer writes, then the answer comes after it, once', async ({ assert }) => {
    givenFlood()
    sandbox.say(anna, '/help')
    await owed(1)
    await allFinished()
    assert.deepEqual(await db.from('bot_updates').distinct('outcome').select('outcome'), [{ outcome: 'done' }])
    assert.lengthOf(sent(), 1)

    await endSilence()
    clock.advance(MINUTE)
    await sandbox.waitForMessage(anna, { text: 'Everything is reached' })
    await owed(0)
    assert.lengthOf(sent(), 2)
    assert.lengthOf(passed('sendMessage'), 2)
  })

  test('given a long 429, when a customer presses, then it is done once, a toast tells them, and the screen follows', async ({
    assert,
  }) => {
    sandbox.press(anna, menu, 'Settings')
    await sandbox.waitForEdit(anna, menu, { button: 'Language' })
    sandbox.press(anna, menu, 'Language')
    await sandbox.waitForEdit(anna, menu, { button: 'Українська' })

    givenFlood()
    const press = sandbox.press(anna, menu, 'Українська')
    const toast = await sandbox.waitForAnswer(press)
    assert.include(toast.text, 'Відповідь надійде')
    const customer = await Customer.findByOrFail('telegramId', anna.id)
    assert.equal(customer.language, 'uk')
    assert.lengthOf(passed('editMessageText'), 2)

    await endSilence()
    clock.advance(MINUTE)
    await sandbox.waitForEdit(anna, menu, { text: 'Мова' })
    await owed(0)
    assert.lengthOf(passed('editMessageText'), 3)
    assert.lengthOf(sent(), 1)
  })

  test('given silence known before, when several are written, then none is tried and all are answered in order', async ({
    assert,
  }) => {
    const pace = await app.container.make(TelegramPace)
    await pace.pause(50)
    sandbox.say(anna, '/help')
    await owed(1)
    await endSilence()
    sandbox.say(anna, '/nothing')
    await owed(2)
    assert.lengthOf(sandbox.journal.entries({ method: 'sendMessage' }), 1)

    clock.advance(MINUTE)
    await sandbox.waitForMessage(anna, { text: 'know this command' })
    assert.include(sent()[1], 'Everything is reached')
    assert.lengthOf(sent(), 3)
  })

  test('given owed answers, when the process ends, then the next one says them', async ({ assert }) => {
    givenFlood()
    sandbox.say(anna, '/help')
    await owed(1)
    await stop()
    await endSilence()
    clock.advance(MINUTE)
    await givenBot()
    await sandbox.waitForMessage(anna, { text: 'Everything is reached' })
    await owed(0)
    assert.lengthOf(sent(), 2)
  })

  test('given silence that goes on, when an owed answer is refused again, then it waits on', async ({ assert }) => {
    givenFlood()
    sandbox.say(anna, '/help')
    await owed(1)
    await endSilence()
    const [flood] = givenFlood()
    clock.advance(MINUTE)
    while (flood.hits === 0) await new Promise(setImmediate)
    await until(async () => (await dueAt()) === clock.now() + MINUTE)
    assert.lengthOf(sent(), 1)
    const [{ attempts }] = await db.from('bot_answers')
    assert.equal(attempts, 0)

    await endSilence()
    clock.advance(MINUTE)
    await sandbox.waitForMessage(anna, { text: 'Everything is reached' })
  })

  test('given trouble of Telegram, when an owed answer is delivered, then it is tried again', async ({ assert }) => {
    givenFlood()
    sandbox.say(anna, '/help')
    await owed(1)
    await endSilence()
    const [trouble] = sandbox.faults.set({ kind: 'server_error', count: 1, methods: ['sendMessage'] })
    clock.advance(MINUTE)
    await until(async () => trouble.hits === 1 && (await dueAt()) < clock.now() + 30 * SECOND)
    assert.lengthOf(sent(), 1)
    clock.advance(30 * SECOND)
    await sandbox.waitForMessage(anna, { text: 'Everything is reached' })
  })

  test('given a customer who left meanwhile, when silence ends, then they are unreachable and nothing is owed', async ({
    assert,
  }) => {
    givenFlood()
    sandbox.say(anna, '/help')
    await owed(1)
    sandbox.faults.set({ kind: 'forbidden', methods: ['sendMessage'] })
    await endSilence()
    clock.advance(MINUTE)
    await owed(0)
    const customer = await Customer.findByOrFail('telegramId', anna.id)
    assert.isTrue(customer.isUnreachable)
  })

  test('given a screen whose message is gone meanwhile, when silence ends, then it comes as a new one', async ({
    assert,
  }) => {
    givenFlood()
    const press = sandbox.press(anna, menu, 'Settings')
    await sandbox.waitForAnswer(press)
    sandbox.world.messages.remove(anna.id, menu.message_id)
    await endSilence()
    clock.advance(MINUTE)
    const screen = await sandbox.waitForMessage(anna, { button: 'Language' })
    assert.notEqual(screen.message_id, menu.message_id)
  })

  async function dueAt(): Promise<number> {
    const [row] = await db.from('bot_answers')
    return Number(row?.due_at)
  }

  async function until(isTrue: () => Promise<boolean>) {
    while (!(await isTrue())) await new Promise(setImmediate)
  }
})
