import { createBenchDatabase, type BenchDatabase, type Engine } from '#tests/bench/support/databases'
import { killRemaining } from '#tests/support/processes'

/** What a bench is given. Children started through `#tests/support/processes` are killed when it ends. */
export interface Bench {
  /** A line for people. */
  log(line: string): void
  /** A table for people; all rows have the same keys. */
  table(rows: Record<string, string | number>[]): void
  /** The figures of the last line, `BENCH <name> {json}`; with problems, which are told before, the bench has failed. */
  finish(figures: Record<string, number>, problems?: string[]): void
  /**
   * A migrated database of its own, dropped at the end. Give its `env` to the processes that shall use it:
   * `runScript(url, args, { env })`, `startAce(['queue:work'], { env })`.
   */
  database(engine: Engine): Promise<BenchDatabase>
}

export function createBench(name: string) {
  const databases: BenchDatabase[] = []
  let figures: Record<string, number> | undefined
  let failures: string[] = []

  const bench: Bench = {
    log: (line) => console.log(line),
    table: (rows) => console.log(formatTable(rows)),
    finish: (values, problems = []) => {
      figures = values
      failures = problems
    },
    async database(engine) {
      const database = await createBenchDatabase(engine)
      databases.push(database)
      return database
    },
  }

  return {
    ...bench,
    /** Prints the last line; answers the exit code. */
    report() {
      if (!figures || Object.values(figures).some((value) => !Number.isFinite(value))) {
        console.error(`The bench "${name}" ended without all of its figures: ${JSON.stringify(figures)}`)
        return 1
      }
      for (const failure of failures) console.error(failure)
      console.log(`BENCH ${name} ${JSON.stringify(figures)}`)
      return failures.length > 0 ? 1 : 0
    },
    async close() {
      killRemaining()
      await Promise.all(databases.splice(0).map((database) => database.drop()))
    },
  }
}

function formatTable(rows: Record<string, string | number>[]) {
  const heads = Object.keys(rows[0] ?? {})
  const widths = heads.map((head) => Math.max(head.length, ...rows.map((row) => String(row[head]).length)))
  const line = (cells: Array<string | number>) =>
    cells
      .map((cell, i) => (typeof cell === 'number' ? String(cell).padStart(widths[i]) : cell.padEnd(widths[i])))
      .join('  ')
      .trimEnd()
  return [
    line(heads),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map((row) => line(Object.values(row))),
  ].join('\n')
}
