import { randomBytes } from 'node:crypto'
import type { Bench } from '#tests/bench/support/bench'
import { build, startBuilt } from '#tests/bench/support/build'
import type { Asked } from '#tests/bench/history/ask'
import { Visitor } from '#tests/bench/history/browse'
import type { Filling } from '#tests/bench/history/fill'
import { freePort } from '#tests/support/environment'
import { endProcess, runScript } from '#tests/support/processes'

const FILL = new URL('history/fill.ts', import.meta.url)
const ASK = new URL('history/ask.ts', import.meta.url)
const CUSTOMERS = 100_001
const TRANSFERS = 5_000_000
const BUSIEST = 200_000
const ROUNDS = 300
const CAP_MS = 50

/** Balances and history with ten million entries: what the bot asks, and the panel's pages over HTTP. */
export default async function history(bench: Bench) {
  build()
  const { env } = await bench.database('postgres')
  const admin = { email: 'bench@example.org', password: randomBytes(12).toString('base64url') }
  const filling: Filling = { customers: CUSTOMERS, transfers: TRANSFERS, busiest: BUSIEST, admin }
  bench.log('Writing ten million entries...')
  const entries = await runScript<number>(FILL, [filling], { env })
  const asked = await runScript<Asked>(ASK, [CUSTOMERS, ROUNDS], { env })
  if (asked.plans === 0 || asked.scans.length > 0)
    throw new Error(`Plans that scan the entries:\n${asked.scans.join('\n\n')}`)

  const times = { ...asked.times, ...(await browse(env, admin)) }
  bench.log(`\n${entries} entries. ${asked.plans} plans, none scans them. Milliseconds; cap: p95 ${CAP_MS}.`)
  bench.table(
    Object.entries(times).map(([what, values]) => ({
      what,
      answers: values.length,
      p50: at(values, 0.5),
      p95: at(values, 0.95),
    }))
  )
  bench.finish({ p95_ms: Math.max(...Object.values(times).map((values) => at(values, 0.95))) })
}

/** The panel's page of an account, served as in production: of a customer and of the busiest one. */
async function browse(env: Record<string, string>, { email, password }: Filling['admin']) {
  const port = String(await freePort())
  const server = startBuilt('web', [], { ...env, PORT: port, EMBEDDED_WORKER: 'false' })
  server.stdout!.resume()
  server.stderr!.resume()
  const visitor = new Visitor(`http://127.0.0.1:${port}`)
  await visitor.arrive()
  await visitor.logIn(email, password)

  const times: Record<string, number[]> = {}
  const account = () => 3 + Math.floor(Math.random() * (CUSTOMERS - 1))
  for (let round = -5; round < ROUNDS / 3; round++) {
    const pages = {
      'a customer: account page': `/admin/ledger/accounts/${account()}`,
      'the busiest: account page': '/admin/ledger/accounts/2',
    }
    for (const [name, path] of Object.entries(pages)) {
      const ms = await visitor.time(path)
      if (round >= 0) (times[name] ??= []).push(ms)
    }
  }
  await endProcess(server)
  return times
}

function at(values: number[], share: number) {
  const sorted = [...values].sort((one, other) => one - other)
  return Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1))
}
