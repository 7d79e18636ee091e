import type { Params } from '#sandbox/api/params'
import type { PageContent } from '#sandbox/pages/layout'
import type { World } from '#sandbox/world'

export interface PageCall {
  world: World
  path: Record<string, string>
  params: Params
}

/** Answers a page, or the address to go on to after a form. */
export type PageHandler = (call: PageCall) => PageContent | string | Promise<PageContent | string>

export interface PageRoute {
  verb: 'GET' | 'POST'
  pattern: string
  handle: PageHandler
}

export function page(pattern: string, handle: PageHandler): PageRoute {
  return { verb: 'GET', pattern, handle }
}

export function form(pattern: string, handle: PageHandler): PageRoute {
  return { verb: 'POST', pattern, handle }
}
