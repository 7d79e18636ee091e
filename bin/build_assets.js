/*
 * Builds the panel's CSS and JavaScript when they differ from what was built last: a hash of the sources
 * decides, so that asking again costs milliseconds. Used by the test suite and by `npm run demo`.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const output = join(root, 'public/assets')
const stampFile = join(output, '.sources')
const lockFile = join(root, 'public/.building')
const SOURCES = ['resources/css', 'resources/js', 'resources/static', 'vite.config.ts', 'package-lock.json']
const STALE_LOCK = 120_000

/** Returns true when it had to build. */
export async function buildAssets() {
  const sources = hashOfSources()
  if (isBuilt(sources)) return false
  const unlock = await lock()
  try {
    if (isBuilt(sources)) return false
    const vite = fileURLToPath(import.meta.resolve('vite/package.json')).replace(/package\.json$/, 'bin/vite.js')
    const result = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production' },
    })
    if (result.status !== 0) throw new Error(`The panel's assets could not be built:\n${result.stdout}${result.stderr}`)
    writeFileSync(stampFile, sources)
    return true
  } finally {
    unlock()
  }
}

function isBuilt(sources) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sources
}

function hashOfSources() {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap((source) => filesOf(join(root, source)))) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function filesOf(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Several test processes may start at once: one builds, the others wait for it. */
async function lock() {
  mkdirSync(join(root, 'public'), { recursive: true })
  for (;;) {
    try {
      closeSync(openSync(lockFile, 'wx'))
      return () => rmSync(lockFile, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      removeStaleLock()
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

function removeStaleLock() {
  const age = Date.now() - (statSync(lockFile, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
  if (age > STALE_LOCK) rmSync(lockFile, { force: true })
}
