/*
 * better-sqlite3 crashes the process below Node 24, without a message: so entry files import this first.
 */
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `Kontora needs Node 24 and this is ${process.version}. Start it through npm ("npm start", "npm run ace -- <command>"), which brings its own Node.`
  )
  process.exit(1)
}
