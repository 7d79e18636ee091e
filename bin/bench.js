/*
 * `npm run bench -- <name>`: runs tests/bench/<name>.bench.ts on databases of its own.
 */
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`Benches need Node 24 and this is ${process.version}. Start them by "npm run bench -- <name>".`)
  process.exit(1)
}

await import('@poppinss/ts-exec')
const { runBench } = await import('../tests/bench/support/runner.js')
process.exitCode = await runBench(process.argv[2])
