import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Captured } from '#tests/bench/bets/capture'
import type { Floor } from '#tests/bench/bets/ids'
import type { Span, Throughput } from '#tests/bench/bets/place_bets'
import { plainScript } from '#tests/bench/bets/plain_script'
import { pgbench } from '#tests/bench/support/pgbench'
import { openQuery } from '#tests/bench/support/query'
import { temporaryFolder } from '#tests/support/environment'
import { runAce, runScript } from '#tests/support/processes'

const script = (name: string) => new URL(`${name}.ts`, import.meta.url)

/** The product and pgbench on one database, with the same statements and as many at once. */
export class Contest {
  #acknowledged = 0
  #rounds = 0
  #script = ''

  constructor(
    private readonly env: Record<string, string>,
    private readonly workers: number,
    private readonly seconds: number
  ) {}

  async prepare(floor: Floor) {
    await runScript(script('floor'), [floor], { env: this.env })
    // Most missions are complete after some bets of everybody: an ordinary bet only counts.
    await this.ours(floor)
    const captured = await runScript<Captured>(script('capture'), [floor], { env: this.env })
    this.#acknowledged += captured.bets
    this.#script = join(temporaryFolder('kontora-bench-'), 'bet.sql')
    writeFileSync(this.#script, plainScript(captured))
    return captured.statements.length
  }

  /** Bets a second of the product. */
  async ours(floor: Floor): Promise<number> {
    const span: Span = { ...floor, workers: this.workers, seconds: this.seconds, round: ++this.#rounds }
    const { bets, seconds, warming } = await runScript<Throughput>(script('place_bets'), [span], { env: this.env })
    this.#acknowledged += warming + bets
    return bets / seconds
  }

  /** The same statements, without the product. */
  plain({ markets, customers }: Floor): Promise<number> {
    return pgbench({
      url: this.env.DATABASE_URL,
      script: this.#script,
      variables: { markets, customers, round: ++this.#rounds, n: 0 },
      clients: this.workers,
      seconds: this.seconds,
    })
  }

  /** What is wrong with what stands in the database now. */
  async problems(): Promise<string[]> {
    const { query, close } = await openQuery(this.env)
    const count = async (prefix: string) => {
      const [{ bets }] = await query<{ bets: number }>(`SELECT count(*) AS bets FROM bets WHERE key LIKE '${prefix}%'`)
      return bets
    }
    const [ours, plain] = [await count('bench'), await count('plain')]
    await close()
    const { exitCode, output } = await runAce(['ledger:verify'], { env: this.env })
    return [
      ...(ours === this.#acknowledged ? [] : [`${this.#acknowledged} bets were acknowledged, ${ours} are stored`]),
      ...(plain > 0 ? [] : ['pgbench stored no bet']),
      ...(exitCode === 0 ? [] : [`The books do not add up:\n${output}`]),
    ]
  }
}
