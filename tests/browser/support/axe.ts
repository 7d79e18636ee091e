/// <reference lib="dom" />
import axe from 'axe-core'
import type { Page } from 'playwright'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export interface Violation {
  id: string
  help: string
  nodes: string[]
}

/** What axe finds wrong on the page as it looks now. */
export async function violationsOf(page: Page): Promise<Violation[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async (rules) => {
    const { axe: runner } = window as unknown as { axe: typeof axe }
    const results = await runner.run(document, { runOnly: { type: 'tag', values: rules } })
    return results.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.slice(0, 3).map(({ html, failureSummary }) => `${html}\n      ${failureSummary}`),
    }))
  }, RULES)
}

export const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth)

export const backgroundOf = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
