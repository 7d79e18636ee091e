import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench } from '#tests/bench/support/bench'
import { build, runBuilt, startBuilt } from '#tests/bench/support/build'
import { freePort, temporaryFolder } from '#tests/support/environment'
import { endProcess, startAce } from '#tests/support/processes'

const AIM = { rss_mb: 250, ready_s: 3 }
const STARTS = 5
const SETTLING_MS = 60_000

/**
 * The production build with everything in one process (web, bot, worker with sender) beside a sandbox of its own:
 * from start to the first answer of /health (the median of five starts), and resident memory a minute after a start.
 */
export default async function ({ log, table, finish }: Bench) {
  log('Building...')
  build()
  const [port, sandboxPort] = [await freePort(), await freePort()]
  const sandbox = startAce(['sandbox:serve', `--port=${sandboxPort}`], { env: { NODE_ENV: 'test' } })
  await answers(`http://127.0.0.1:${sandboxPort}/`)

  const env = {
    DATA_DIR: temporaryFolder('kontora-idle-'),
    PORT: String(port),
    EMBEDDED_WORKER: 'true',
    TELEGRAM_API_ROOT: `http://127.0.0.1:${sandboxPort}`,
    TELEGRAM_BOT_TOKEN: '7000000001:AAEsandbox-token-for-local-use-only',
  }
  runBuilt(['migration:run', '--force'], env)

  const start = async () => {
    const startedAt = performance.now()
    const child = startBuilt('web', [], env)
    for (const stream of [child.stdout!, child.stderr!]) stream.resume()
    await answers(`http://127.0.0.1:${port}/health`)
    return { child, seconds: (performance.now() - startedAt) / 1000 }
  }
  const ready: number[] = []
  for (let i = 1; i < STARTS; i++) {
    const { child, seconds } = await start()
    ready.push(seconds)
    await endProcess(child)
  }
  const last = await start()
  ready.push(last.seconds)
  log(`Starts: ${ready.map((seconds) => seconds.toFixed(2)).join(', ')} s. Waiting a minute...`)
  await sleep(SETTLING_MS)
  const figures = { rss_mb: Math.round(residentMegabytes(last.child.pid!)), ready_s: round(median(ready)) }
  table(
    (['rss_mb', 'ready_s'] as const).map((name) => ({
      figure: name === 'rss_mb' ? 'resident memory, MB' : 'start to ready, s',
      measured: figures[name],
      aim: `below ${AIM[name]}`,
    }))
  )
  await endProcess(last.child)
  await endProcess(sandbox)
  finish(figures)
}

async function answers(url: string) {
  for (;;) {
    const response = await fetch(url, { redirect: 'manual' }).catch(() => null)
    await response?.body?.cancel()
    if (response) return
    await sleep(10)
  }
}

const residentMegabytes = (pid: number) =>
  Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout) / 1024

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

const round = (value: number) => Math.round(value * 100) / 100
