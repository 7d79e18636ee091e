import { AssertionError } from 'node:assert'
import type { Page } from 'playwright'

export const BASE_URL = `http://${process.env.HOST}:${process.env.PORT}`

const complaints = new WeakMap<Page, string[]>()

/** Opens a path of the product (or another address). Fails on an error status, and on anything the browser complains of (CSP, scripts). */
export async function visit(page: Page, path: string) {
  listen(page)
  const response = await page.goto(new URL(path, BASE_URL).href)
  const status = response?.status() ?? 0
  if (status >= 400) throw new AssertionError({ message: `${path} answered ${status}` })
  assertNoComplaints(page)
}

/** The console stayed empty: no violated CSP, no exception, no missing file. */
export function assertNoComplaints(page: Page) {
  const found = complaints.get(page) ?? []
  if (found.length > 0) throw new AssertionError({ message: `the browser complains:\n${found.join('\n')}` })
}

function listen(page: Page) {
  if (complaints.has(page)) return
  const found: string[] = []
  complaints.set(page, found)
  page.on('console', (message) => {
    if (message.type() === 'error') found.push(message.text())
  })
  page.on('pageerror', (error) => found.push(error.message))
}
