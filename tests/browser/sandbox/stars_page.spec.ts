import { test } from '@japa/runner'
import { Bot, InlineKeyboard } from 'grammy'
import { SandboxServer } from '#sandbox/server'
import { assertAccessible, screenshot, visit } from '#tests/browser/support/index'

const ALICE = 100_001
const PRICES = [{ label: 'Stars', amount: 100 }]

test.group('Sandbox | Stars on the chat page', (group) => {
  let sandbox: SandboxServer
  let bot: Bot

  group.each.setup(async () => {
    sandbox = await SandboxServer.start({ samples: true })
    bot = new Bot(sandbox.token, { client: { apiRoot: sandbox.url } })
    bot.command('buy', (ctx) => ctx.replyWithInvoice('100 Stars', 'A package', 'order-1', 'XTR', PRICES))
    bot.command('link', async (ctx) => {
      const link = await ctx.api.createInvoiceLink('Ten Stars', 'A package', 'order-2', '', 'XTR', PRICES)
      await ctx.reply('Pay here', { reply_markup: new InlineKeyboard().url('Pay', link) })
    })
    bot.on('pre_checkout_query', (ctx) =>
      ctx.preCheckoutQuery.invoice_payload === 'order-1'
        ? ctx.answerPreCheckoutQuery(true)
        : ctx.answerPreCheckoutQuery(false, 'Sold out')
    )
    bot.on('message:successful_payment', async (ctx) => {
      const { telegram_payment_charge_id: charge } = ctx.message.successful_payment
      await ctx.api.refundStarPayment(ctx.from.id, charge)
    })
    const running = bot.start()
    return async () => {
      await bot.stop()
      await running
      await sandbox.stop()
    }
  })

  test('a person pays an invoice after being asked, and sees the receipt and the refund', async ({
    browserContext,
    assert,
  }) => {
    const page = await browserContext.newPage()
    sandbox.start(ALICE)
    sandbox.say(ALICE, '/buy')
    await sandbox.waitForMessage(ALICE, { button: 'Pay' })
    await visit(page, `${sandbox.url}/#${ALICE}`)
    await page.getByRole('button', { name: /Pay/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('You have 10,000 Stars').waitFor()
    await screenshot(page, 'sandbox-stars')
    await dialog.getByRole('button', { name: 'Pay' }).click()
    await page.getByText('You paid ⭐️100').waitFor()
    await page.getByText('⭐️100 came back').waitFor()
    await page.getByRole('button', { name: 'Receipt' }).waitFor()

    assert.equal(sandbox.stars(ALICE), 10_000)
    await assertAccessible(page)
  })

  test('a link is paid too, and a refusal of the bot is shown', async ({ browserContext, assert }) => {
    const page = await browserContext.newPage()
    sandbox.start(ALICE)
    sandbox.say(ALICE, '/link')
    await sandbox.waitForMessage(ALICE, { button: 'Pay' })
    await visit(page, `${sandbox.url}/#${ALICE}`)
    await page.getByRole('link', { name: 'Pay', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Pay' }).click()
    await page.getByRole('dialog').getByText('Sold out').waitFor()
    assert.equal(sandbox.stars(ALICE), 10_000)
  })

  test('Stars are set in the menu of a person', async ({ browserContext, assert }) => {
    const page = await browserContext.newPage()
    sandbox.start(ALICE)
    await visit(page, `${sandbox.url}/#${ALICE}`)
    await page.getByRole('button', { name: 'Actions of this person' }).click()
    await page.getByLabel('Telegram Stars to spend').fill('7')
    const saved = page.waitForResponse(/customers/)
    await page.getByRole('button', { name: 'Set' }).click()
    await saved
    assert.equal(sandbox.stars(ALICE), 7)
  })
})
