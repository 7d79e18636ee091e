import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import type { Page } from 'playwright'
import { inEveryLook } from '#tests/browser/support/looks'

/** With SCREENSHOTS=name, keeps a picture of the page in every look in that folder of the system's temporary one. */
export async function screenshot(page: Page, name: string) {
  if (!process.env.SCREENSHOTS) return
  const folder = resolve(tmpdir(), process.env.SCREENSHOTS)
  mkdirSync(folder, { recursive: true })
  await inEveryLook(page, async ({ theme, width }) => {
    await page.screenshot({ path: resolve(folder, `${name}-${width}-${theme}.png`), fullPage: true })
  })
}
