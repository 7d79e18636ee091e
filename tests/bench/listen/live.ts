import { setTimeout as sleep } from 'node:timers/promises'
import type { ChildProcess } from 'node:child_process'
import { startBuilt } from '#tests/bench/support/build'
import type { Query } from '#tests/bench/support/query'
import type { EvmWorld } from '#tests/support/chain/evm'
import { endProcess } from '#tests/support/processes'

const LOOK_EVERY_MS = 5
const PATIENCE_MS = 60_000

/** A listener of the build, and what it has recorded as the database shows it. */
export class LiveListener {
  #child?: ChildProcess

  constructor(
    private readonly world: EvmWorld,
    private readonly env: Record<string, string>,
    private readonly query: Query
  ) {}

  start() {
    this.#child = startBuilt('ace', ['chain:listen'], this.env)
    this.#child.stdout!.resume()
    this.#child.stderr!.pipe(process.stderr)
  }

  kill() {
    return endProcess(this.#child!, 'SIGKILL')
  }

  /** Milliseconds from the moment that a deposit is mined until it is recorded. */
  async deposit(address: string): Promise<number> {
    const { transactionHash } = await this.world.mint(address, 1_000_000n)
    const minedAt = performance.now()
    await this.until(
      `SELECT 1 AS found FROM chain_events WHERE tx_hash = '${transactionHash}' AND status <> 'orphaned'`
    )
    return performance.now() - minedAt
  }

  /** Milliseconds until the query finds a row. */
  async until(sql: string): Promise<number> {
    const startedAt = performance.now()
    for (;;) {
      const rows = await this.query(sql)
      if (rows.length > 0) return performance.now() - startedAt
      if (performance.now() - startedAt > PATIENCE_MS) throw new Error(`Nothing came: ${sql}`)
      await sleep(LOOK_EVERY_MS)
    }
  }
}
