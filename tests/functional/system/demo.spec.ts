import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseEnv } from 'node:util'
import Database from 'better-sqlite3'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { freePort, temporaryFolder } from '#tests/support/environment'
import { Control } from '#tests/support/sandbox/control'
import { endProcess, sharedSources, tracked } from '#tests/support/processes'

interface Demo {
  child: ChildProcess
  output(): string
  panel: string
  sandbox: string
  password: string
}

function startDemo(folder: string, port: number, env: Record<string, string> = {}) {
  const child = tracked(
    spawn(process.execPath, ['bin/demo.js'], {
      cwd: app.makePath(),
      env: { ...process.env, ...env, ENV_PATH: folder, DATA_DIR: folder, HOST: '127.0.0.1', PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  )
  let text = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (text += chunk))
  return { child, output: () => text }
}

/** On a port of its own for the sandbox: another demo on this machine may have taken, or may take, the usual one. */
async function readyDemo(folder: string, port: number, sources: Record<string, string> = {}): Promise<Demo> {
  const env = join(folder, '.env')
  if (!existsSync(env)) writeFileSync(env, `TELEGRAM_API_ROOT=http://127.0.0.1:${await freePort()}\n`)
  const { child, output } = startDemo(folder, port, sources)
  const ended = once(child, 'exit')
  while (!output().includes('Ctrl-C stops everything')) {
    await Promise.race([once(child.stdout!, 'data'), ended])
    if (child.exitCode !== null) throw new Error(`The demo ended:\n${output()}`)
  }
  const find = (pattern: RegExp) => pattern.exec(output())![1]
  return {
    child,
    output,
    panel: find(/Panel\s+(\S+)/),
    sandbox: find(/Sandbox\s+(\S+)/),
    password: find(/owner@example\.org\s+│\n│\s+(\S+)/),
  }
}

function withDatabase<T>(folder: string, read: (database: Database.Database) => T): T {
  const database = new Database(join(folder, 'kontora.sqlite3'), { readonly: true })
  try {
    return read(database)
  } finally {
    database.close()
  }
}

const answers = (url: string) =>
  fetch(url).then(
    ({ status }) => status,
    () => null
  )

test.group('npm run demo', (group) => {
  group.each.timeout(240_000)

  test('given a fresh clone, then it comes up whole, ends whole and remembers', async ({ assert }) => {
    const folder = temporaryFolder('kontora-demo-')
    const port = await freePort()
    const first = await readyDemo(folder, port)
    assert.equal(first.panel, `http://127.0.0.1:${port}/admin`)
    assert.equal(await answers(first.panel), 200)
    assert.equal(await answers(first.sandbox), 200)
    const { product } = await new Control(first.sandbox).get('')
    assert.equal(product, `http://127.0.0.1:${port}`)
    const health = await fetch(`http://127.0.0.1:${port}/health`)
    assert.equal(health.status, 200)
    const keys = readFileSync(join(folder, '.env'), 'utf8')
    assert.equal(statSync(join(folder, 'demo-owner.json')).mode & 0o777, 0o600)

    const { address } = withDatabase(folder, (database) =>
      database.prepare(`SELECT address FROM chain_wallets WHERE owner = 'treasury'`).get()
    ) as { address: string }
    const markets = withDatabase(folder, (database) => database.prepare('SELECT COUNT(*) AS total FROM markets').get())
    assert.deepEqual(markets, { total: 20 })
    const treasury = await new Control(first.sandbox).get(`/evm/addresses/${address}`)
    assert.equal(treasury.wei, String(10n ** 19n))

    assert.equal(await endProcess(first.child, 'SIGINT'), 0)
    assert.isNull(await answers(first.panel))
    assert.isNull(await answers(first.sandbox))

    const second = await readyDemo(folder, port, sharedSources())
    assert.equal(second.password, first.password)
    assert.equal(readFileSync(join(folder, '.env'), 'utf8'), keys)
    const { raffle } = await new Control(second.sandbox).get('/evm')
    assert.containSubset(raffle, { players: 2, round: '3', interval: '60', status: 'open' })

    await endProcess(second.child, 'SIGKILL')
    for (const url of [second.panel, second.sandbox]) {
      while ((await answers(url)) !== null) await setTimeout(50)
    }
  })

  test('given a part that dies, then the whole ends with an error', async ({ assert }) => {
    const folder = temporaryFolder('kontora-demo-')
    const demo = await readyDemo(folder, await freePort(), sharedSources())
    const { pid } = withDatabase(folder, (database) => database.prepare('SELECT pid FROM processes').get()) as {
      pid: number
    }
    const ended = once(demo.child, 'exit')
    process.kill(pid, 'SIGKILL')
    const [exitCode] = await ended
    assert.equal(exitCode, 1)
    assert.include(demo.output(), 'The product ended unexpectedly')
    assert.isNull(await answers(demo.sandbox))
  })

  test('given a port in use, then it says so', async ({ assert }) => {
    const { child, output } = startDemo(temporaryFolder('kontora-demo-'), Number(process.env.PORT))
    const [exitCode] = await once(child, 'close')
    assert.equal(exitCode, 1)
    assert.include(output(), `Port ${process.env.PORT} is taken by another program`)
  })

  test('given an .env for real use, then it keeps its hands off')
    .with(['DATABASE_URL=postgres://kontora@db/kontora', 'TELEGRAM_BOT_TOKEN=1234567890:AAAAAAAAAAAAAAAAAAAAAAAA'])
    .run(async ({ assert }, line) => {
      const folder = temporaryFolder('kontora-demo-')
      writeFileSync(join(folder, '.env'), `${line}\n`)
      const { child, output } = startDemo(folder, await freePort())
      const [exitCode] = await once(child, 'close')
      assert.equal(exitCode, 1)
      assert.include(output(), 'run it in a clone of its own')
      assert.equal(readFileSync(join(folder, '.env'), 'utf8'), `${line}\n`)
    })

  test('given an .env with values, then what is there stays and what is missing is added', async ({ assert }) => {
    const folder = temporaryFolder('kontora-demo-')
    writeFileSync(join(folder, '.env'), 'APP_KEY=an-app-key-that-somebody-has-chosen\n')
    const { child } = startDemo(folder, Number(process.env.PORT))
    await once(child, 'close')
    const values = parseEnv(readFileSync(join(folder, '.env'), 'utf8'))
    assert.equal(values.APP_KEY, 'an-app-key-that-somebody-has-chosen')
    assert.match(values.TELEGRAM_BOT_TOKEN!, /^\d+:[\w-]{30,}$/)
    assert.equal(values.TELEGRAM_API_ROOT, 'http://127.0.0.1:8081')
  })
})
