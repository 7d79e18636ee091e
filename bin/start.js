/*
 * `npm start`: the compiled product in this process, configured by `.env`.
 */
import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

const server = new URL('../build/bin/server.js', import.meta.url)
if (!existsSync(server)) {
  console.error('There is no build yet: run "npm run build" first, then "npm start" again.')
  process.exit(1)
}

/** A restart need not compile a thousand modules again. Where the folder can't be written, it does. */
enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/kontora', import.meta.url)))
await import(server.href)
