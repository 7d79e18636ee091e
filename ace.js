/*
 * Runs ace commands from the TypeScript sources. The build replaces this file.
 */
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `Kontora needs Node 24 and this is ${process.version}. Start it through npm ("npm run ace -- <command>"), which brings its own Node.`
  )
  process.exit(1)
}

/* The test runner would give 3333 to every suite that starts while it is free: several run at once. */
if (process.argv[2] === 'test') process.env.PORT ??= String(20_000 + Math.floor(Math.random() * 30_000))

await import('@poppinss/ts-exec')
await import('./bin/console.js')
