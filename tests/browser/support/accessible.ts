import { AssertionError } from 'node:assert'
import type { Page } from 'playwright'
import { violationsOf, widthOf } from '#tests/browser/support/axe'
import { assertNoComplaints } from '#tests/browser/support/page'
import { inEveryLook, type Look } from '#tests/browser/support/looks'

/**
 * No violation that axe knows, in light and dark, at 1280 and 380 pixels, and nothing that makes the page scroll
 * sideways.
 */
export async function assertAccessible(page: Page) {
  await inEveryLook(page, async (look) => {
    await assertFits(page, look)
    await assertNoViolations(page, look)
  })
  assertNoComplaints(page)
}

async function assertFits(page: Page, look: Look) {
  const width = await widthOf(page)
  if (width > look.width) {
    throw new AssertionError({ message: `${page.url()} is ${width} px wide in ${look.width} px (${look.theme})` })
  }
}

async function assertNoViolations(page: Page, look: Look) {
  const violations = await violationsOf(page, { colours: look.onlyColours })
  if (violations.length === 0) return
  const listed = violations.map(({ id, help, nodes }) => `  ${id}: ${help}\n    ${nodes.join('\n    ')}`)
  throw new AssertionError({ message: `${page.url()} (${look.theme}, ${look.width} px):\n${listed.join('\n')}` })
}
