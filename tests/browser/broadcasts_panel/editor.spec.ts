import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { pngImage } from '#tests/support/images'
import { createAdmin } from '#tests/support/staff'
import { assertAccessible, assertNoComplaints, logIn, screenshot, visit } from '#tests/browser/support/index'

async function openDraft(page: Page) {
  await visit(page, '/admin/broadcasts')
  await page.getByRole('button', { name: 'New broadcast' }).click()
  await page.waitForURL(/\/edit/)
}

const source = (page: Page) => page.locator('textarea[name="variants[en][A][source]"]')
const editor = (page: Page) => page.getByRole('textbox', { name: 'Text in English' })

test.group('Broadcast editor', (group) => {
  group.each.setup(() => resetDatabase())
  group.teardown(() => resetDatabase())

  test('writes formatted text as Telegram HTML', async ({ browserContext, assert }) => {
    await CustomerFactory.merge({ firstName: 'Olena', lastName: 'Kravets', language: 'en' }).create()
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    await openDraft(page)

    await editor(page).click()
    await page.getByRole('button', { name: 'Bold' }).click()
    await page.keyboard.type('Only this week: +20 % stars on every package ★')
    await page.getByRole('button', { name: 'Bold' }).click()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Hello {first_name}, your balance waits. ')
    await page.getByRole('button', { name: 'Spoiler' }).click()
    await page.keyboard.type('A surprise for the fastest')
    await page.getByRole('button', { name: 'Spoiler' }).click()
    await page.keyboard.type(' is hidden inside.')

    assert.equal(
      await source(page).inputValue(),
      '<b>Only this week: +20 % stars on every package ★</b>\n\nHello {first_name}, your balance waits. ' +
        '<tg-spoiler>A surprise for the fastest</tg-spoiler> is hidden inside.'
    )
    await page.locator('.phone-text', { hasText: 'Hello Olena' }).waitFor()
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'autumn.png',
        mimeType: 'image/png',
        buffer: pngImage(1280, 720),
      })
    await page.locator('.image-card').first().waitFor()
    await page.getByRole('button', { name: 'Add a button' }).first().click()
    await page.getByLabel('Text of the button').fill('Buy stars')
    await page.getByLabel('Address', { exact: true }).fill('https://example.com/stars')
    await page.locator('.phone-button', { hasText: 'Buy stars' }).waitFor()
    await page.getByLabel('Customers who match every condition').check()
    await page.getByLabel('Condition', { exact: true }).selectOption('customers.active_within')
    await page.getByRole('button', { name: 'Add a condition' }).click()
    await page.locator('.condition').waitFor()
    await page.waitForTimeout(700)

    await screenshot(page, 'edit-written')
    await assertAccessible(page)
    assertNoComplaints(page)
  })
})
