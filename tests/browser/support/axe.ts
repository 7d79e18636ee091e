/// <reference lib="dom" />
import axe, { type RunOnly } from 'axe-core'
import type { Page } from 'playwright'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const COLOURS = ['color-contrast', 'link-in-text-block']

export interface Violation {
  id: string
  help: string
  nodes: string[]
}

/** What axe finds wrong on the page as it looks now. `colours`: only in what a theme changes. */
export async function violationsOf(page: Page, { colours = false } = {}): Promise<Violation[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const runOnly: RunOnly = colours ? { type: 'rule', values: COLOURS } : { type: 'tag', values: RULES }
  return page.evaluate(async (only) => {
    const { axe: runner } = window as unknown as { axe: typeof axe }
    const results = await runner.run(document, { runOnly: only, resultTypes: ['violations'] })
    return results.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.slice(0, 3).map(({ html, failureSummary }) => `${html}\n      ${failureSummary}`),
    }))
  }, runOnly)
}

export const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth)

export const backgroundOf = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
