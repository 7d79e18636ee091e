import { test } from '@japa/runner'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { eventually } from '#tests/support/telegram/sender_world'
import { assertNoComplaints, logIn } from '#tests/browser/support/index'
import { EditorPage } from '#tests/browser/support/editor'

const SHORTCUTS = [
  { keys: 'ControlOrMeta+b', tool: 'Bold', html: '<b>x</b>' },
  { keys: 'ControlOrMeta+i', tool: 'Italic', html: '<i>x</i>' },
  { keys: 'ControlOrMeta+u', tool: 'Underline', html: '<u>x</u>' },
  { keys: 'ControlOrMeta+Shift+s', tool: 'Strikethrough', html: '<s>x</s>' },
  { keys: 'ControlOrMeta+Shift+p', tool: 'Spoiler', html: '<tg-spoiler>x</tg-spoiler>' },
  { keys: 'ControlOrMeta+e', tool: 'Code', html: '<code>x</code>' },
  { keys: 'ControlOrMeta+Shift+b', tool: 'Quote', html: '<blockquote>x</blockquote>' },
]

test.group('Editor by keyboard', (group) => {
  group.each.setup(() => resetDatabase())

  test('every kind of formatting by its keys and by its button', async ({ browserContext, assert }) => {
    await logIn(browserContext, await createAdmin())
    const editor = await EditorPage.open(await browserContext.newPage())

    for (const { keys, tool, html } of SHORTCUTS) {
      for (const format of [() => editor.press(keys), () => editor.tool(tool).click()]) {
        await editor.clear()
        await editor.type('x')
        await editor.press('ControlOrMeta+a')
        await format()
        assert.equal(await editor.becomes(html), html)
        assert.equal(await editor.tool(tool).getAttribute('aria-pressed'), 'true')
        await format()
        await editor.waitForFocus()
        assert.equal(await editor.becomes('x'), 'x')
      }
    }
    assertNoComplaints(editor.page)
  })

  test('signs that Telegram knows become formatting as they are typed', async ({ browserContext, assert }) => {
    await logIn(browserContext, await createAdmin())
    const editor = await EditorPage.open(await browserContext.newPage())
    const typed = [
      ['a **b** c', 'a <b>b</b> c'],
      ['||psst|| c', '<tg-spoiler>psst</tg-spoiler> c'],
      ['`x < y` c', '<code>x &lt; y</code> c'],
      ['- one\ntwo\n\nend', '• one\n• two\nend'],
      ['> said', '<blockquote>said</blockquote>'],
      ['Hi {first_name}!', 'Hi {first_name}!'],
    ]
    for (const [text, html] of typed) {
      await editor.clear()
      await editor.tool('Remove formatting').click()
      await editor.type(text)
      assert.equal(await editor.becomes(html), html)
      await editor.press('ControlOrMeta+a')
      if (html.startsWith('<blockquote>')) await editor.tool('Quote').click()
    }
  })

  test('a link is written, corrected and taken away without the mouse', async ({ browserContext, assert }) => {
    await logIn(browserContext, await createAdmin())
    const editor = await EditorPage.open(await browserContext.newPage())
    const address = editor.page.getByLabel('Address of the link').first()

    await editor.type('Shop')
    await editor.press('ControlOrMeta+a', 'ControlOrMeta+k')
    await address.fill('javascript:alert(1)')
    await address.press('Enter')
    await editor.page.getByText('Telegram opens addresses that begin with').first().waitFor()
    assert.equal(await editor.becomes('Shop'), 'Shop')

    await address.fill('example.com/shop?a=1&b="2"')
    await address.press('Enter')
    await editor.waitForFocus()
    assert.equal(
      await editor.becomes('<a href="https://example.com/shop?a=1&amp;b=&quot;2&quot;">Shop</a>'),
      '<a href="https://example.com/shop?a=1&amp;b=&quot;2&quot;">Shop</a>'
    )

    await editor.press('ControlOrMeta+k', 'Escape')
    await editor.waitForFocus()
    await editor.press('ControlOrMeta+a', 'ControlOrMeta+k')
    await editor.page.getByRole('button', { name: 'Remove link' }).first().click()
    assert.equal(await editor.becomes('Shop'), 'Shop')
  })

  test('the toolbar is one stop of Tab and is walked with the arrows', async ({ browserContext, assert }) => {
    await logIn(browserContext, await createAdmin())
    const editor = await EditorPage.open(await browserContext.newPage())
    const focused = () => editor.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))

    await editor.tool('Bold').focus()
    await editor.press('ArrowRight', 'ArrowRight')
    assert.equal(await focused(), 'Underline')
    await editor.press('ArrowLeft')
    assert.equal(await focused(), 'Italic')
    await editor.press('Tab')
    assert.notEqual(await focused(), 'Underline')
    await editor.press('Shift+Tab')
    assert.equal(await focused(), 'Italic')
  })

  test('an emoji is searched, walked to and inserted, and Escape leads back', async ({ browserContext, assert }) => {
    await logIn(browserContext, await createAdmin())
    const editor = await EditorPage.open(await browserContext.newPage())
    const picker = editor.page.getByRole('dialog', { name: 'Emoji' })

    await editor.type('Buy ')
    await editor.tool('Emoji').click()
    await picker.getByRole('searchbox').fill('glowing star')
    await picker.getByRole('button', { name: 'glowing star' }).waitFor()
    await eventually(async () => (await picker.locator('[data-emoji]').count()) === 1)
    await editor.press('ArrowDown', 'Enter', 'Escape')
    assert.isTrue(await picker.isHidden())
    await editor.waitForFocus()
    await editor.type(' now')
    assert.equal(await editor.becomes('Buy 🌟 now'), 'Buy 🌟 now')

    await editor.tool('Emoji').click()
    await picker.getByRole('button', { name: 'Recently used' }).click()
    assert.deepEqual(await picker.locator('[data-emoji]').allInnerTexts(), ['🌟'])
    await picker.getByRole('searchbox').fill('zzzz')
    await picker.getByText('Nothing found.').waitFor()
  })
})
