/*
 * A second real process of the application: boots it as a command would, runs the default export of the script
 * named by the parent, answers with what it returned.
 */
await import('@poppinss/ts-exec')
await import('reflect-metadata')
const { Ignitor } = await import('@adonisjs/core')
const { APP_ROOT, IMPORTER } = await import('../../bin/importer.js')

const [script, args] = await new Promise((resolve) => process.once('message', resolve))

const app = new Ignitor(APP_ROOT, { importer: IMPORTER })
  .tap((application) => {
    application.booting(async () => {
      await import('#start/env')
    })
    application.listen('SIGTERM', () => application.terminate())
  })
  .createApp('console')

try {
  await app.init()
  await app.boot()
  let result
  await app.start(async () => {
    const { default: main } = await import(script)
    result = await main(...args)
  })
  await app.terminate()
  process.send({ answer: { result } })
  process.disconnect()
} catch (error) {
  const failure = error instanceof Error ? error.stack : String(error)
  process.send({ answer: { failure } }, () => process.exit(1))
}
