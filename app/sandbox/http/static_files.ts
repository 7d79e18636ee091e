import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { sendBytes, sendJson } from '#sandbox/http/respond'

const PAGE_DIR = join(import.meta.dirname, '..', 'page')

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Scripts, styles and forms of the sandbox itself, and nothing of anybody else. */
export const PAGE_SECURITY = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  /** with "no-referrer" a form of one's own would come from the origin "null", like one of a stranger */
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
}

/** The page's files; only plain names, so nothing outside of the folder can be asked for. */
export async function sendPage(response: ServerResponse, pathname: string): Promise<void> {
  const name = pathname === '/' ? 'index.html' : pathname.slice(1)
  const type = TYPES[extname(name)]
  const data = type && /^[\w-]+(\.[\w-]+)+$/.test(name) ? await readPageFile(name) : undefined
  if (!data) return sendJson(response, 404, { error: 'There is nothing here. The chat page is at /.' })
  sendBytes(response, data, { 'Content-Type': type, ...PAGE_SECURITY })
}

async function readPageFile(name: string): Promise<Buffer | undefined> {
  try {
    return await readFile(join(PAGE_DIR, name))
  } catch {
    return undefined
  }
}
