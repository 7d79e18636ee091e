import { test } from '@japa/runner'
import { Bot, InlineKeyboard, InputFile } from 'grammy'
import type { Page } from 'playwright'
import { SandboxServer } from '#sandbox/server'
import { assertAccessible, assertNoComplaints, screenshot, visit } from '#tests/browser/support/index'
import { png } from '#tests/support/sandbox/images'

const ALICE = 100_001

test.group('Sandbox | Chat page', (group) => {
  let sandbox: SandboxServer
  let bot: Bot

  group.each.setup(async () => {
    sandbox = await SandboxServer.start({ samples: true })
    bot = talkativeBot(sandbox)
    await bot.api.setMyCommands([
      { command: 'start', description: 'Main menu' },
      { command: 'help', description: 'How it works' },
    ])
    const running = bot.start()
    return async () => {
      await bot.stop()
      await running
      await sandbox.stop()
    }
  })

  async function open(page: Page, chat = ALICE) {
    await visit(page, `${sandbox.url}/#${chat}`)
    await page.locator('#chat-title').filter({ hasText: /./ }).waitFor()
  }

  const said = (page: Page, text: string) => page.locator('.message', { hasText: text }).last().waitFor()

  async function write(page: Page, text: string) {
    await page.getByLabel('Message', { exact: true }).fill(text)
    await page.keyboard.press('Enter')
  }

  test('given a newcomer, START begins and a menu button answers with an alert', async ({ browserContext, assert }) => {
    const page = await browserContext.newPage()
    await visit(page, sandbox.url)
    await page.getByRole('link', { name: /Alice Morgan/ }).click()
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByRole('button', { name: 'Balance' }).click()

    const alert = page.getByRole('dialog')
    await alert.getByText('10 000 PRED').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Shop' }).click()
    await said(page, 'Choose a package')

    assert.equal(
      await page
        .locator('.message.incoming .meta')
        .last()
        .textContent()
        .then((text) => text?.split(' ')[0]),
      'edited'
    )
    assertNoComplaints(page)
  })

  test('formatting, photos and links are shown as Telegram shows them', async ({ browserContext, assert }) => {
    const page = await browserContext.newPage()
    await open(page)
    await page.getByRole('button', { name: 'Start' }).click()
    await said(page, 'Hello, Alice')
    await write(page, '/help')
    await said(page, 'bold')

    const last = page.locator('.message.incoming').last()
    assert.equal(await last.locator('strong').textContent(), 'bold')
    assert.equal(await last.locator('pre .language').textContent(), 'ts')
    assert.isTrue(await last.locator('.spoiler').evaluate((element) => !element.classList.contains('open')))
    await last.locator('.spoiler').click()
    assert.isTrue(await last.locator('.spoiler').evaluate((element) => element.classList.contains('open')))

    await write(page, '/photo')
    await page.locator('.photo').waitFor()
    assert.equal(await page.locator('.photo').evaluate((image: HTMLImageElement) => image.naturalWidth), 300)

    await page.getByRole('link', { name: 'invite' }).click()
    await said(page, '/start ref_7')
    assertNoComplaints(page)
  })

  test('a customer replies, blocks the bot and comes back', async ({ browserContext, assert }) => {
    const page = await browserContext.newPage()
    await open(page)
    await page.getByRole('button', { name: 'Start' }).click()
    await said(page, 'Hello, Alice')
    await page.locator('.message.incoming').last().hover()
    await page.getByRole('button', { name: 'Reply to this message' }).last().click()
    await write(page, 'a reply')
    await page.locator('.outgoing .quoted', { hasText: 'Hello, Alice' }).waitFor()

    await page.getByRole('button', { name: 'Actions of this person' }).click()
    await page.getByRole('button', { name: 'Stop and block the bot' }).click()
    await page.getByRole('button', { name: 'Restart' }).waitFor()
    assert.isTrue(sandbox.world.customers.get(ALICE).blocked)
    await page.getByRole('button', { name: 'Restart' }).click()
    await page.getByLabel('Message', { exact: true }).waitFor()
    assert.isFalse(sandbox.world.customers.get(ALICE).blocked)
  })

  test('what the bot deletes vanishes, and other chats count what was not seen', async ({ browserContext, assert }) => {
    const page = await browserContext.newPage()
    sandbox.start(100_002)
    await sandbox.waitForMessage(100_002)
    await open(page, 100_003)
    const row = page.getByRole('link', { name: /Андрій/ })
    await row.locator('.badge').waitFor()
    assert.equal(await row.locator('.badge').textContent(), '1')

    await row.click()
    await said(page, 'Hello')
    await row.locator('.badge').waitFor({ state: 'detached' })
    const { message_id: id } = sandbox.answers(100_002)[0]
    await bot.api.deleteMessage(100_002, id)
    await page.locator('.message.incoming').waitFor({ state: 'detached' })
  })

  test('faults are switched on in the drawer and strike', async ({ browserContext, assert }) => {
    const page = await browserContext.newPage()
    await open(page)
    await page.getByRole('button', { name: 'Faults and limits' }).click()
    await page.getByRole('button', { name: 'Everyone has blocked the bot' }).click()
    await page.getByText('403 Forbidden').first().waitFor()

    const refused = await bot.api.sendMessage(100_006, 'x').catch((error: Error) => error.message)
    assert.include(refused, 'bot was blocked by the user')
    await page.getByRole('button', { name: 'Remove: 403 Forbidden' }).click()
    await page.locator('.rule').waitFor({ state: 'detached' })
    assert.isEmpty(sandbox.faults.list())
  })

  test('commands complete by keyboard', async ({ browserContext }) => {
    const page = await browserContext.newPage()
    await open(page)
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByLabel('Message', { exact: true }).pressSequentially('/he')
    await page.getByRole('option', { name: '/help' }).waitFor()
    await page.keyboard.press('Enter')
    await said(page, 'bold')
  })

  test('is accessible with a chat, the drawer and nothing open', async ({ browserContext }) => {
    const page = await browserContext.newPage()
    await visit(page, sandbox.url)
    await page.getByRole('link', { name: /Alice/ }).waitFor()
    await assertAccessible(page)

    sandbox.start(ALICE)
    sandbox.say(ALICE, '/help')
    sandbox.say(ALICE, '/photo')
    await sandbox.waitForMessage(ALICE, { text: 'Sale' })
    await open(page)
    await said(page, 'Sale')
    await screenshot(page, 'sandbox-chat')
    await assertAccessible(page)

    await page.setViewportSize({ width: 1280, height: 900 })
    await page.getByRole('button', { name: 'Faults and limits' }).click()
    await page.getByText('Most in any second').waitFor()
    await screenshot(page, 'sandbox-drawer')
    await assertAccessible(page)
  }).timeout(120_000)
})

function talkativeBot(sandbox: SandboxServer): Bot {
  const bot = new Bot(sandbox.token, { client: { apiRoot: sandbox.url } })
  bot.command('start', (ctx) =>
    ctx.reply(`Hello, ${ctx.from!.first_name}!`, {
      reply_markup: new InlineKeyboard()
        .text('Balance', 'balance')
        .text('Shop', 'shop')
        .row()
        .url('Site', 'https://example.org'),
    })
  )
  bot.command('help', (ctx) =>
    ctx.reply(
      '<b>bold</b> <tg-spoiler>secret</tg-spoiler> <pre><code class="language-ts">const a = 1</code></pre>' +
        '<blockquote>quote</blockquote>@someone #tag <a href="https://t.me/kontora_sandbox_bot?start=ref_7">invite</a>',
      { parse_mode: 'HTML' }
    )
  )
  bot.command('photo', (ctx) => ctx.replyWithPhoto(new InputFile(png(300, 200), 'sale.png'), { caption: 'Sale' }))
  bot.callbackQuery('balance', (ctx) => ctx.answerCallbackQuery({ text: '10 000 PRED', show_alert: true }))
  bot.callbackQuery('shop', async (ctx) => {
    await ctx.answerCallbackQuery()
    await ctx.editMessageText('Choose a package')
  })
  return bot
}
