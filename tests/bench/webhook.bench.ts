import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import type { Bench } from '#tests/bench/support/bench'
import type { Engine } from '#tests/bench/support/databases'
import { percentile } from '#tests/bench/support/windows'
import { startScript } from '#tests/support/processes'

const TOKEN = '10001:AAbench-token-of-no-app'
const AT_A_TIME = 8
const WARM_UP = 500
const WEBHOOKS = Number(process.env.BENCH_WEBHOOKS ?? 4000)
/** The two routes take turns, so that whatever else the machine does hits both. */
const TURNS = 4

interface Measured {
  rate: number
  latencies: number[]
}

let ids = 0

/**
 * Signed webhooks over kept-alive connections: verified, encrypted, stored with their job and answered, against a route
 * of the same server that only does the two inserts in one transaction through the bare driver.
 */
export default async function webhookBench(bench: Bench) {
  const rows = [await measure(bench, 'postgres'), await measure(bench, 'sqlite')]
  bench.table(rows)
  bench.finish({
    ratio: Math.min(...rows.map(({ ratio }) => ratio)),
    p99_ms: Math.max(...rows.map(({ p99_ms: p99 }) => p99)),
  })
}

async function measure(bench: Bench, engine: Engine) {
  bench.log(`${WEBHOOKS} webhooks, ${AT_A_TIME} at a time, ${engine} ...`)
  const { env } = await bench.database(engine)
  const { child, result } = startScript(new URL('scripts/serve_webhooks.ts', import.meta.url), [], {
    env: { ...env, CRYPTO_PAY_TOKEN: TOKEN, NODE_ENV: 'production' },
  })
  result.catch((error) => bench.log(String(error)))
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  const product = () => post(port, '/webhook/cryptobot')
  const bare = () => post(port, '/bench/bare')
  await run(product, WARM_UP)
  await run(bare, WARM_UP)
  const [ours, theirs]: [Measured[], Measured[]] = [[], []]
  for (let turn = 0; turn < TURNS; turn++) {
    ours.push(await run(product, WEBHOOKS / TURNS))
    theirs.push(await run(bare, WEBHOOKS / TURNS))
  }
  child.send('stop')
  await result
  const [rate, bareRate] = [mean(ours), mean(theirs)]
  const latencies = ours.flatMap((one) => one.latencies).sort((one, other) => one - other)
  return {
    engine,
    per_second: Math.round(rate),
    bare_per_second: Math.round(bareRate),
    ratio: round(rate / bareRate),
    p50_ms: round(percentile(latencies, 0.5)),
    p99_ms: round(percentile(latencies, 0.99)),
  }
}

async function run(send: () => Promise<void>, count: number): Promise<Measured> {
  const latencies: number[] = []
  const startedAt = performance.now()
  let left = count
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      while (left-- > 0) {
        const sentAt = performance.now()
        await send()
        latencies.push(performance.now() - sentAt)
      }
    })
  )
  return { rate: (count * 1000) / (performance.now() - startedAt), latencies }
}

const agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME })
const key = createHash('sha256').update(TOKEN).digest()

async function post(port: number, path: string) {
  const body = webhook(++ids)
  const signature = createHmac('sha256', key).update(body).digest('hex')
  const headers = {
    'content-type': 'application/json',
    'crypto-pay-api-signature': signature,
    'content-length': body.length,
  }
  const sent = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers })
  sent.end(body)
  const [response] = await once(sent, 'response')
  for await (const chunk of response) void chunk
  if (response.statusCode !== 200) throw new Error(`${path} answered ${response.statusCode}`)
}

/** As large as Crypto Pay's. */
function webhook(id: number) {
  const link = `https://t.me/CryptoBot?start=IV${id}`
  const payload = {
    ...{ invoice_id: id, hash: `IV${id}`, currency_type: 'crypto', asset: 'TON', amount: '10.5', paid_asset: 'TON' },
    ...{ paid_amount: '10.5', fee_asset: 'TON', fee_amount: '0.105', status: 'paid', payload: '0123456789' },
    ...{ bot_invoice_url: link, mini_app_invoice_url: `${link}&mode=compact`, web_app_invoice_url: link },
    ...{
      description: 'Поповнення балансу',
      created_at: '2026-11-21T10:00:00.000Z',
      paid_at: '2026-11-21T10:01:00.000Z',
    },
  }
  return Buffer.from(
    JSON.stringify({ update_id: id, update_type: 'invoice_paid', request_date: '2026-11-21T10:01:00Z', payload })
  )
}

const mean = (runs: Measured[]) => runs.reduce((sum, { rate }) => sum + rate, 0) / runs.length
const round = (value: number) => Math.round(value * 100) / 100
