/*
 * Starts the build as production does and looks at it from outside: health, the login page with its assets, and an
 * end in order. Uses a data folder of its own, and with DATABASE_URL a database of its own.
 */
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const PATIENCE_MS = 60_000
const root = fileURLToPath(new URL('../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'kontora-boot-'))
const port = await freePort()
const address = `http://127.0.0.1:${port}`
const database = process.env.DATABASE_URL ? await ownDatabase(process.env.DATABASE_URL) : null
const env = {
  ...process.env,
  NODE_ENV: 'production',
  ENV_PATH: folder,
  DATA_DIR: folder,
  HOST: '127.0.0.1',
  PORT: String(port),
  APP_KEY: randomBytes(32).toString('base64url'),
  ...(database && { DATABASE_URL: database.url }),
}

const server = spawn(process.execPath, ['bin/start.js', '--migrate'], { cwd: root, env, stdio: 'inherit' })
try {
  await ready()
  createAdmin()
  expect((await fetch(`${address}/health`)).status === 200, '/health answers 200')
  await checkPanel()
  server.kill('SIGTERM')
  const [exitCode] = await once(server, 'exit')
  expect(exitCode === 0, 'SIGTERM ends it with exit code 0')
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
} finally {
  server.kill('SIGKILL')
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
}

async function ready() {
  const until = performance.now() + PATIENCE_MS
  while (performance.now() < until) {
    if (server.exitCode !== null)
      throw new Error(`The build ended with exit code ${server.exitCode} instead of serving`)
    const response = await fetch(`${address}/health`).catch(() => null)
    if (response) return
    await sleep(100)
  }
  throw new Error(`The build does not serve after ${PATIENCE_MS / 1000} s`)
}

/** Before there is one, the login page leads to the first-run page. */
function createAdmin() {
  const args = ['build/ace.js', 'admin:create', '--email=ci@example.org', '--name=CI']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })
  expect(status === 0, `admin:create works from the build\n${status === 0 ? '' : stdout + stderr}`)
}

async function checkPanel() {
  const login = await fetch(`${address}/admin/login`, { redirect: 'manual' })
  expect(login.status === 200, 'the login page answers 200')
  const page = await login.text()
  const assets = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path)
  expect(
    assets.some((path) => path.endsWith('.css')),
    'the login page has a style sheet'
  )
  for (const path of assets) {
    const asset = await fetch(address + path)
    expect(asset.status === 200, `${path} is served`)
  }
}

function expect(isTrue, what) {
  if (!isTrue) throw new Error(`Not so: ${what}`)
  console.log(`ok: ${what.trim()}`)
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port: free } = probe.address()
  probe.close()
  return free
}

async function ownDatabase(adminUrl) {
  const name = `kontora_boot_${randomBytes(4).toString('hex')}`
  const execute = async (sql) => {
    const client = new pg.Client({ connectionString: adminUrl })
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  await execute(`CREATE DATABASE ${name}`)
  const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href
  return { url, drop: () => execute(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}
