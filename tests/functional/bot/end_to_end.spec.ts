import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { TelegramPace } from '#core/contracts/telegram_pace'
import Customer from '#customers/models/customer'
import { BotConfig } from '#bot/bot_config'
import { Inbox } from '#bot/inbox/inbox'
import { SandboxServer } from '#sandbox/server'
import { bindChain, NOWHERE } from '#tests/support/chain/bind_chain'
import { resetDatabase } from '#tests/support/database'
import { endProcess, startScript } from '#tests/support/processes'
import { runBot } from '#tests/support/running_bot'

const RUN_BOT = new URL('scripts/run_bot.ts', import.meta.url)
const publicUrl = () => `http://127.0.0.1:${process.env.PORT}`

test.group('Bot: end to end', (group) => {
  let sandbox: SandboxServer
  let stop: Array<() => Promise<unknown>> = []

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    sandbox = await SandboxServer.start()
    stop = []
    return async () => {
      for (const end of stop.reverse()) await end()
      await sandbox.stop()
    }
  })

  async function givenPollingBot() {
    const bot = await runBot({ token: sandbox.token, apiRoot: sandbox.url, sweepEveryMs: 50 })
    stop.push(() => bot.runner.stop())
    return bot
  }

  async function givenWebhookBot() {
    const bot = await runBot({ token: sandbox.token, apiRoot: sandbox.url, publicUrl: publicUrl() })
    app.container.swap(BotConfig, () => bot.config)
    app.container.swap(Inbox, () => bot.inbox)
    stop.push(async () => {
      app.container.restoreAll([BotConfig, Inbox])
      await bot.runner.stop()
    })
    return bot
  }

  async function walkThroughSettings() {
    const anna = sandbox.customer({ first_name: 'Anna <b>', language_code: 'en' })
    sandbox.start(anna)
    const menu = await sandbox.waitForMessage(anna, { button: 'Settings' })
    sandbox.press(anna, menu, 'Settings')
    await sandbox.waitForEdit(anna, menu, { button: 'Language' })
    sandbox.press(anna, menu, 'Language')
    await sandbox.waitForEdit(anna, menu, { button: 'Українська' })
    const press = sandbox.press(anna, menu, 'Українська')
    await sandbox.waitForEdit(anna, menu, { text: 'Мова' })
    await sandbox.waitForAnswer(press)
    return { anna, menu }
  }

  test('given long polling, when a customer walks through the settings, then one message changes all along', async ({
    assert,
  }) => {
    await givenPollingBot()
    const { anna } = await walkThroughSettings()
    assert.lengthOf(sandbox.answers(anna), 1)
    const customer = await Customer.findByOrFail('telegramId', anna.id)
    assert.equal(customer.language, 'uk')
  })

  test('given a webhook, when a customer walks through the settings, then it goes the same way', async ({ assert }) => {
    await givenWebhookBot()
    const { anna } = await walkThroughSettings()
    assert.lengthOf(sandbox.answers(anna), 1)
    const rows = await db.from('bot_updates').whereNot('outcome', 'done')
    assert.isEmpty(rows)
  })

  test('given commands, when the bot has started, then Telegram shows them per language', async ({ assert }) => {
    await givenPollingBot()
    await walkThroughSettings()
    const published = sandbox.journal.entries({ method: 'setMyCommands' })
    assert.lengthOf(published, 4)
  })

  test('given a wallet, when its QR code is asked for, then a picture comes whose buttons leave it where it is', async ({
    assert,
    cleanup,
  }) => {
    cleanup(bindChain(NOWHERE))
    await givenPollingBot()
    const anna = sandbox.customer({ first_name: 'Anna' })
    sandbox.say(anna, '/raffle')
    const raffle = await sandbox.waitForMessage(anna, { button: 'USDT wallet' })
    sandbox.press(anna, raffle, 'USDT wallet')
    const wallet = await sandbox.waitForEdit(anna, raffle, { button: 'QR code' })
    sandbox.press(anna, wallet, 'QR code')
    const picture = await sandbox.waitForMessage(anna, { text: 'only USDT', after: wallet.message_id })
    assert.isNotEmpty(picture.photo!)
    sandbox.press(anna, picture, 'USDT wallet')
    await sandbox.waitForMessage(anna, { text: 'USDT wallet', after: picture.message_id })
  })

  test('given a bot that was down, when it comes back, then what was written meanwhile is answered in order', async ({
    assert,
  }) => {
    const anna = sandbox.customer({ first_name: 'Anna' })
    sandbox.start(anna)
    sandbox.say(anna, '/help')
    sandbox.say(anna, '/nothing')
    await givenPollingBot()
    await sandbox.waitForMessage(anna, { text: 'know this command' })
    const [greeting, help, unknown] = sandbox.answers(anna).map(({ text }) => text!)
    assert.include(greeting, 'Hello')
    assert.include(help, 'Everything is reached')
    assert.include(unknown, 'know this command')
  })

  test('given a process killed with answers outstanding, when another starts, then no update is lost', async ({
    assert,
  }) => {
    const people = Array.from({ length: 6 }, (_, index) => sandbox.customer({ first_name: `P${index}` }))
    const options = { token: sandbox.token, apiRoot: sandbox.url, claimTtlMs: 300, sweepEveryMs: 50 }
    await givenSilence()

    const first = startScript(RUN_BOT, [options])
    people.forEach((person) => sandbox.start(person))
    await until(async () => {
      const claimed = await db.from('bot_updates').whereNotNull('claimed_by')
      return claimed.length === people.length && sandbox.world.updates.size === 0
    })
    await endProcess(first.child, 'SIGKILL')
    assert.lengthOf(await db.from('bot_updates').whereNull('finished_at'), people.length)
    await db.from('telegram_pace').delete()

    const second = startScript(RUN_BOT, [options])
    stop.push(() => endProcess(second.child, 'SIGKILL'))
    for (const person of people) await sandbox.waitForMessage(person, { text: person.first_name, timeoutMs: 20_000 })
    await until(async () => (await db.from('bot_updates').whereNull('finished_at').first()) === null)
    for (const person of people) assert.lengthOf(sandbox.answers(person), 1)
  })

  /** Answers wait for their slot: a process that is killed meanwhile has taken updates and answered none. */
  async function givenSilence() {
    const pace = await app.container.make(TelegramPace)
    await pace.pause(9)
  }

  async function until(isTrue: () => Promise<boolean>) {
    while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 20))
  }
})
