import { readdir } from 'node:fs/promises'
import { createBench, type Bench } from '#tests/bench/support/bench'
import { applyEnvironment, isolatedEnvironment, temporaryFolder } from '#tests/support/environment'

const FOLDER = new URL('../', import.meta.url)
const SUFFIX = '.bench.ts'

/** Runs one bench (`chaos-sender` is chaos_sender.bench.ts) and answers the exit code of the process. */
export async function runBench(name: string | undefined): Promise<number> {
  const names = await benchNames()
  if (!name || !names.includes(name)) {
    console.error(name ? `There is no bench "${name}".` : 'Which bench?')
    console.error(`Usage: npm run bench -- <name>, where <name> is one of: ${names.join(', ')}`)
    return 1
  }

  applyEnvironment({ ...isolatedEnvironment(temporaryFolder('kontora-bench-')), REDIS_URL: undefined })
  const bench = createBench(name)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => bench.close().then(() => process.exit(130)))
  try {
    const { default: run } = (await import(new URL(`${name.replaceAll('-', '_')}${SUFFIX}`, FOLDER).href)) as {
      default: (bench: Bench) => Promise<void>
    }
    await run(bench)
    return bench.report()
  } catch (error) {
    console.error(error)
    return 1
  } finally {
    await bench.close()
  }
}

async function benchNames() {
  const files = await readdir(FOLDER)
  return files
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length).replaceAll('_', '-'))
    .sort()
}
