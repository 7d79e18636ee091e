/// <reference lib="dom" />
import type { Locator, Page } from 'playwright'
import { visit } from '#tests/browser/support/page'

/** A fresh draft with its visual editor, driven as an admin drives it. */
export class EditorPage {
  constructor(readonly page: Page) {}

  static async open(page: Page) {
    await visit(page, '/admin/broadcasts')
    await page.getByRole('button', { name: 'New broadcast' }).click()
    await page.waitForURL(/\/edit/)
    const editor = new EditorPage(page)
    await editor.text().click()
    return editor
  }

  text(language = 'English'): Locator {
    return this.page.getByRole('textbox', { name: `Text in ${language}` })
  }

  tool(name: string): Locator {
    return this.page.getByRole('toolbar').first().getByRole('button', { name, exact: true })
  }

  /** What the form would post. */
  html(locale = 'en', variant = 'A') {
    return this.page.locator(`textarea[name="variants[${locale}][${variant}][source]"]`).inputValue()
  }

  /** The same, once it is what is expected, or after some seconds: the form follows the editor in a later turn. */
  async becomes(expected: string) {
    for (const end = performance.now() + 5000; performance.now() < end;) {
      if ((await this.html()) === expected) break
      await this.page.waitForTimeout(50)
    }
    return this.html()
  }

  type(text: string) {
    return this.page.keyboard.type(text)
  }

  async press(...keys: string[]) {
    for (const key of keys) {
      await this.page.keyboard.press(key)
      if (key.startsWith('Arrow')) await this.#hearOfCursor()
    }
  }

  /** A cursor that the browser moved is told to the editor in a later turn; people are slower than that. */
  #hearOfCursor() {
    return this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null))))
    )
  }

  /** The editor takes the focus back in the next frame. */
  async waitForFocus() {
    await this.page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'textbox')
  }

  async clear() {
    await this.press('ControlOrMeta+a', 'Delete')
  }

  /** What the editor puts on the clipboard for its selection. */
  copied(): Promise<Record<string, string>> {
    return this.text().evaluate((element) => {
      const clipboardData = new DataTransfer()
      element.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }))
      return Object.fromEntries(clipboardData.types.map((type) => [type, clipboardData.getData(type)]))
    })
  }

  /** As the system's clipboard hands over what was copied elsewhere. */
  async paste(formats: Record<string, string>) {
    await this.text().evaluate((element, data) => {
      const clipboardData = new DataTransfer()
      for (const [type, value] of Object.entries(data)) clipboardData.setData(type, value)
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, formats)
  }

  get counter() {
    return this.page.locator('[data-counter]').first()
  }
}
