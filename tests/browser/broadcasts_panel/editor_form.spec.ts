import { test } from '@japa/runner'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { pngImage } from '#tests/support/images'
import { createAdmin } from '#tests/support/staff'
import { assertNoComplaints, logIn } from '#tests/browser/support/index'
import { EditorPage } from '#tests/browser/support/editor'

const png = (name: string, width: number, height: number) => ({
  name,
  mimeType: 'image/png',
  buffer: pngImage(width, height),
})

test.group('Form of a broadcast', (group) => {
  group.each.setup(() => resetDatabase())

  test('the counter counts as Telegram does, and an image lowers the limit', async ({ browserContext, assert }) => {
    await logIn(browserContext, await createAdmin())
    const editor = await EditorPage.open(await browserContext.newPage())

    await editor.paste({ 'text/plain': `${'x'.repeat(1020)}👍🏽` })
    assert.equal(await editor.counter.innerText(), '1\u202F024 / 4\u202F096')
    await editor.type('!')
    assert.notInclude(await editor.counter.getAttribute('class'), 'is-over')

    await editor.page.locator('input[name="images[en][A]"]').setInputFiles(png('wide.png', 640, 360))
    await editor.page.getByText('640 × 360').first().waitFor()
    assert.equal(await editor.counter.innerText(), '1\u202F025 / 1\u202F024 with image')
    assert.include(await editor.counter.getAttribute('class'), 'is-over')

    await editor.page.getByRole('button', { name: 'Remove', exact: true }).first().click()
    await editor.page.locator('.image-card').first().waitFor({ state: 'detached' })
    assert.equal(await editor.counter.innerText(), '1\u202F025 / 4\u202F096')
    assertNoComplaints(editor.page)
  })

  test('a text that is too long is not sent, and what was written stays', async ({ browserContext, assert }) => {
    await CustomerFactory.create()
    await logIn(browserContext, await createAdmin())
    const editor = await EditorPage.open(await browserContext.newPage())
    await editor.page.getByLabel('Title, seen by admins only').fill('Too long')
    await editor.text().click()
    await editor.paste({ 'text/plain': 'x'.repeat(4097) })

    await editor.page.getByLabel('Now, once it is confirmed').check()
    await editor.page.getByRole('button', { name: 'Send now' }).click()

    await editor.page.getByRole('alert').first().waitFor()
    assert.notInclude(editor.page.url(), '/review')
    assert.lengthOf(await editor.html(), 4097)
    assert.equal(await editor.page.getByLabel('Title, seen by admins only').inputValue(), 'Too long')
  })

  test('what is no image is refused at its field and leaves the text alone', async ({ browserContext, assert }) => {
    await logIn(browserContext, await createAdmin())
    const editor = await EditorPage.open(await browserContext.newPage())
    await editor.type('Hello')

    const file = { name: 'fake.png', mimeType: 'image/png', buffer: Buffer.from('no image at all') }
    await editor.page.locator('input[name="images[en][A]"]').setInputFiles(file)

    await editor.page.locator('[data-image-error]:not([hidden])').first().waitFor()
    assert.equal(await editor.page.locator('.image-card').count(), 0)
    assert.equal(await editor.becomes('Hello'), 'Hello')
  })

  test('buttons stand below and beside each other, as the phone shows them', async ({ browserContext, assert }) => {
    await CustomerFactory.create()
    await logIn(browserContext, await createAdmin())
    const editor = await EditorPage.open(await browserContext.newPage())
    const { page } = editor
    const part = page.locator('#fragment-buttons-en-A')
    const shown = () => page.locator('.phone-buttons').allInnerTexts()
    await editor.type('Choose')

    await part.getByRole('button', { name: 'Add a button', exact: true }).click()
    await part.getByLabel('Text of the button').nth(0).fill('One')
    await part.getByRole('button', { name: 'Add a button beside' }).click()
    await part.getByLabel('Text of the button').nth(1).fill('Two')
    await part.getByRole('button', { name: 'Add a button', exact: true }).click()
    await part.getByLabel('Text of the button').nth(2).fill('Three')
    await page.locator('.phone-button', { hasText: 'Three' }).waitFor()
    assert.equal(await page.locator('.phone-buttons').count(), 2)
    assert.equal(await page.locator('.phone-buttons').first().locator('.phone-button').count(), 2)

    await part.getByLabel('What the button does').nth(0).selectOption({ index: 1 })
    assert.isTrue(await part.locator('[data-button-url]').nth(0).isHidden())
    await part.getByRole('button', { name: 'Remove the button' }).nth(1).click()
    await page.locator('.phone-button', { hasText: 'Two' }).waitFor({ state: 'detached' })
    assert.deepEqual(await shown(), ['One', 'Three'])
  })

  test('each language and each side of a test has a text of its own', async ({ browserContext, assert }) => {
    await CustomerFactory.merge({ firstName: 'Olena', language: 'uk' }).create()
    await logIn(browserContext, await createAdmin())
    const editor = await EditorPage.open(await browserContext.newPage())
    const { page } = editor
    const missing = (locale: string) => page.locator(`[data-missing="${locale}"]`)
    await editor.type('Hello')

    await page.getByRole('tab', { name: 'English' }).focus()
    await editor.press('ArrowRight', 'ArrowRight')
    await editor.text('Українська').click()
    assert.isTrue(await missing('uk').isVisible())
    await editor.type('Вітаю, {first_name}')
    await page.locator('.phone-text', { hasText: 'Вітаю, Olena' }).waitFor()
    assert.isTrue(await missing('uk').isHidden())
    assert.isTrue(await missing('ru').isVisible())

    await page.getByText('Quiet hours, send-once key, A/B test').click()
    await page.getByRole('checkbox', { name: /A\/B|variant/i }).check()
    await page
      .locator('[data-panel="uk"] [data-variant="B"]')
      .getByRole('textbox', { name: 'Text in Українська' })
      .click()
    await editor.type('Інакше')

    assert.equal(await editor.html('en'), 'Hello')
    assert.equal(await editor.html('uk'), 'Вітаю, {first_name}')
    assert.equal(await editor.html('uk', 'B'), 'Інакше')
    await page.getByRole('button', { name: 'Save draft' }).click()
    await page.getByText('The draft is saved.').waitFor()
    assert.equal(await editor.html('uk', 'B'), 'Інакше')
    assertNoComplaints(page)
  })

  test('a source that Telegram would refuse stays a source, and says why', async ({ browserContext, assert }) => {
    await logIn(browserContext, await createAdmin())
    const editor = await EditorPage.open(await browserContext.newPage())
    const { page } = editor
    const mode = page.locator('[data-mode]').first()
    await editor.type('Hello')

    await mode.selectOption({ label: 'HTML source' })
    const source = page.locator('textarea[name="variants[en][A][source]"]')
    await source.fill('<b>open')
    await mode.selectOption({ label: 'Editor' })
    assert.isTrue(await source.isVisible())
    assert.equal(await mode.evaluate((select: any) => select.selectedOptions[0].textContent), 'HTML source')

    await source.fill('<b>done</b> & <i>more</i>')
    await mode.selectOption({ label: 'Markdown source' })
    await page.waitForFunction(() => /\*/.test(document.querySelector<HTMLTextAreaElement>('[data-source]')!.value))
    await mode.selectOption({ label: 'Editor' })
    await editor.text().waitFor()
    assert.equal(await editor.becomes('<b>done</b> &amp; <i>more</i>'), '<b>done</b> &amp; <i>more</i>')
  })
})
