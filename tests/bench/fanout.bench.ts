import type { Bench } from '#tests/bench/support/bench'
import type { Engine } from '#tests/bench/support/databases'
import type { FanOutFigures } from '#tests/bench/fanout/measure'
import { runScript } from '#tests/support/processes'

const SCRIPT = new URL('fanout/measure.ts', import.meta.url)
const RECIPIENTS: Record<Engine, number> = { postgres: 1_000_000, sqlite: 200_000 }
/** SQLite is through in half a second, which one hiccup of the machine would spoil. */
const ROUNDS: Record<Engine, number> = { postgres: 3, sqlite: 7 }
const CAP = { ratio: 1.5, stallMs: 50 }

/** Fan-out of a broadcast against one hand-written INSERT ... SELECT into the same table and indexes. */
export default async function fanout(bench: Bench) {
  const postgres = await measure(bench, 'postgres')
  const sqlite = await measure(bench, 'sqlite')

  bench.log(
    `\nBy turns. Ratio of the best rounds, median of each round's longest stall. Caps: ratio ${CAP.ratio}, stall ${CAP.stallMs} ms.`
  )
  bench.table([row('PostgreSQL', RECIPIENTS.postgres, postgres), row('SQLite', RECIPIENTS.sqlite, sqlite)])
  bench.finish({
    pg_ratio: ratioOf(postgres),
    sqlite_ratio: ratioOf(sqlite),
    rss_growth_mb: round(Math.max(postgres.rssGrowthMb, sqlite.rssGrowthMb), 1),
    pg_stall_ms: round(median(postgres.stallsMs), 1),
    sqlite_stall_ms: round(median(sqlite.stallsMs), 1),
    pg_rows_per_s: Math.round(RECIPIENTS.postgres / (Math.min(...postgres.oursMs) / 1000)),
    sqlite_rows_per_s: Math.round(RECIPIENTS.sqlite / (Math.min(...sqlite.oursMs) / 1000)),
  })
}

async function measure(bench: Bench, engine: Engine): Promise<FanOutFigures> {
  bench.log(`${engine}: ${RECIPIENTS[engine]} recipients...`)
  const { env } = await bench.database(engine)
  return runScript<FanOutFigures>(SCRIPT, [RECIPIENTS[engine], ROUNDS[engine]], { env })
}

const row = (name: string, recipients: number, figures: FanOutFigures) => ({
  database: name,
  recipients,
  'ours s': seconds(figures.oursMs),
  'one statement s': seconds(figures.plainMs),
  ratio: ratioOf(figures),
  'longest stall ms': round(median(figures.stallsMs), 1),
  'RSS growth MB': round(figures.rssGrowthMb, 1),
})

function median(values: number[]) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2
}

const round = (value: number, digits: number) => Number(value.toFixed(digits))
const ratioOf = ({ oursMs, plainMs }: FanOutFigures) => round(Math.min(...oursMs) / Math.min(...plainMs), 2)
const seconds = (values: number[]) => values.map((ms) => (ms / 1000).toFixed(1)).join(' / ')
