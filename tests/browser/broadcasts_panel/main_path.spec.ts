import { test } from '@japa/runner'
import type { Browser, BrowserContext, Page } from 'playwright'
import { CustomerFactory } from '#database/factories/customer_factory'
import Broadcast from '#broadcasts/models/broadcast'
import { LiveWorld } from '#tests/support/broadcasts/live_world'
import { pngImage } from '#tests/support/images'
import { ADMIN_PASSWORD, createAdmin } from '#tests/support/staff'
import { eventually } from '#tests/support/telegram/sender_world'
import { assertAccessible, screenshot, visit } from '#tests/browser/support/index'

const IMAGE = { name: 'autumn.png', mimeType: 'image/png', buffer: pngImage(640, 360) }
const HTML =
  '<b>Only this week:</b> +20 % stars\n\nHello {first_name|friend}, <tg-spoiler>a surprise</tg-spoiler> waits.'

test.group('From a draft to the chats', (group) => {
  let world: LiveWorld
  group.each.timeout(120_000)
  group.each.setup(async () => {
    world = await new LiveWorld().open()
    return () => world.close()
  })

  async function person(firstName: string, language: 'en' | 'uk' = 'en') {
    const { id } = world.sandbox.customer({ first_name: firstName, language_code: language })
    await CustomerFactory.merge({ telegramId: id, firstName, lastName: null, language }).create()
    return id
  }

  async function logInByForm(context: BrowserContext) {
    const admin = await createAdmin()
    const page = await context.newPage()
    await visit(page, '/admin/login')
    await page.getByLabel('E-mail').fill(admin.email)
    await page.getByLabel('Password').fill(ADMIN_PASSWORD)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.waitForURL(/\/admin$/)
    return page
  }

  async function newDraft(page: Page, title: string) {
    await visit(page, '/admin/broadcasts')
    await page.getByRole('button', { name: 'New broadcast' }).click()
    await page.waitForURL(/\/edit/)
    await page.getByLabel('Title, seen by admins only').fill(title)
  }

  /** What the chat holds: the caption and the button, as Telegram keeps them. */
  async function received(chat: number) {
    const message = await world.sandbox.waitForMessage(chat, { button: 'Buy stars' })
    const [[button]] = message.reply_markup!.inline_keyboard as Array<Array<{ text: string; url?: string }>>
    return { caption: message.caption, entities: message.caption_entities, photo: message.photo, button }
  }

  async function confirmAndFollow(page: Page) {
    await page.getByRole('button', { name: 'Send now' }).click()
    await page.waitForURL(/\/admin\/broadcasts\/[0-9A-Z]{10}$/)
    await eventually(async () => {
      const { status } = await Broadcast.firstOrFail()
      return status === 'completed'
    })
  }

  test('written in the editor', async ({ browserContext, assert }) => {
    const olena = await person('Olena')
    const [anna] = [await person('Anna'), await person('Borys', 'uk')]
    world.sandbox.block(anna)
    const page = await logInByForm(browserContext)
    await newDraft(page, 'Autumn stars offer')

    await page.getByRole('textbox', { name: 'Text in English' }).click()
    await page.getByRole('button', { name: 'Bold' }).click()
    await page.keyboard.type('Only this week:')
    await page.getByRole('button', { name: 'Bold' }).click()
    await page.keyboard.type(' +20 % stars')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Hello {first_name|friend}, ')
    await page.getByRole('button', { name: 'Spoiler' }).click()
    await page.keyboard.type('a surprise')
    await page.getByRole('button', { name: 'Spoiler' }).click()
    await page.keyboard.type(' waits.')
    assert.equal(await page.locator('textarea[name="variants[en][A][source]"]').inputValue(), HTML)

    await page.locator('input[name="images[en][A]"]').setInputFiles(IMAGE)

    await page.locator('.image-card').first().waitFor()
    await page.getByRole('button', { name: 'Add a button' }).first().click()
    await page.getByLabel('Text of the button').fill('Buy stars')
    await page.getByLabel('Address', { exact: true }).fill('https://example.com/stars')

    await page.locator('.audience-counts').getByText('will receive it').waitFor()
    assert.match(await page.locator('.audience-counts').innerText(), /^will receive it\s+3/)
    await page.locator('.phone-text', { hasText: 'Hello Olena, a surprise waits.' }).waitFor()
    await page.locator('.phone-button', { hasText: 'Buy stars' }).waitFor()
    assert.match((await page.locator('.phone-image').getAttribute('src')) ?? '', /^\/admin\/broadcasts\/images\//)
    assert.equal(await page.locator('[data-counter]').first().innerText(), '73 / 1\u202F024 with image')

    await page.getByLabel('Now, once it is confirmed').check()
    await page.getByRole('button', { name: 'Send now' }).click()
    await page.waitForURL(/\/review/)
    await page.getByText('As three of them will get it').waitFor()
    assert.equal(await page.locator('.phone').count(), 3)
    await screenshot(page, 'review')
    await assertAccessible(page)

    await confirmAndFollow(page)
    await page.locator('.progress-percent', { hasText: '100 %' }).waitFor()
    await page.locator('.chip', { hasText: 'completed' }).first().waitFor()
    await screenshot(page, 'completed')
    await assertAccessible(page)

    await page.getByRole('link', { name: /^2\s*sent/ }).click()
    await page.waitForURL(/outcome=sent/)
    assert.equal(await page.locator('tbody tr').count(), 2)
    await screenshot(page, 'recipients')
    await assertAccessible(page)
    await visit(page, new URL(page.url()).pathname + '?outcome=blocked')
    await page.getByText('bot was blocked by the user').waitFor()

    const { caption, entities, photo, button } = await received(olena)
    assert.equal(caption, 'Only this week: +20 % stars\n\nHello Olena, a surprise waits.')
    assert.deepEqual(
      entities?.map(({ type }) => type),
      ['bold', 'spoiler']
    )
    assert.isNotEmpty(photo)
    assert.deepEqual(button, { text: 'Buy stars', url: 'https://example.com/stars' })
  })

  test('written without JavaScript', async ({ browser, assert, cleanup }) => {
    const olena = await person('Olena')
    const context = await (browser as Browser).newContext({ javaScriptEnabled: false })
    cleanup(() => context.close())
    const page = await logInByForm(context)
    await newDraft(page, 'Plain form')

    await page.locator('textarea[name="variants[en][A][source]"]').fill(HTML)
    await page.locator('input[name="images[en][A]"]').setInputFiles(IMAGE)
    await page.locator('#fragment-buttons-en-A').getByRole('button', { name: 'Add a button' }).click()
    await page.getByLabel('Text of the button').fill('Buy stars')
    await page.getByLabel('Address', { exact: true }).fill('https://example.com/stars')
    await page.getByLabel('Customers who match every condition').check()
    await page.getByLabel('Condition', { exact: true }).selectOption('customers.language_is')
    await page.getByRole('button', { name: 'Add a condition' }).click()
    assert.match(await page.locator('.audience-counts').innerText(), /^will receive it\s+1/)
    await page.locator('.phone-text', { hasText: 'Hello Olena, a surprise waits.' }).waitFor()
    await screenshot(page, 'edit-no-script')
    await page.getByLabel('Now, once it is confirmed').check()
    await page.getByRole('button', { name: /^Schedule for/ }).click()
    await page.waitForURL(/\/review/)

    await confirmAndFollow(page)
    await page.reload()
    await page.locator('.progress-percent', { hasText: '100 %' }).waitFor()
    const { caption, button } = await received(olena)
    assert.equal(caption, 'Only this week: +20 % stars\n\nHello Olena, a surprise waits.')
    assert.equal(button.text, 'Buy stars')
  })
})
