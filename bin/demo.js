/*
 * `npm run demo`: the whole product on this machine, with sample data and a sandbox in place of Telegram.
 * It sets variables and starts the ordinary processes; the product itself knows nothing of a demo.
 */
import { buildAssets } from './build_assets.js'
import { demoEnvironment } from './demo_environment.js'
import { Children } from './demo_children.js'
import { addSandboxPeople, assertFree, sandboxServices, waitFor } from './demo_network.js'

const startedAt = performance.now()
const TYPESCRIPT = ['--import', '@poppinss/ts-exec']

const demo = await demoEnvironment().catch(fail)
const children = new Children(demo.logs, (name, tail) =>
  stop(1, `The ${name} ended unexpectedly. Its last lines:\n${tail}`)
)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0))

try {
  await assertFree(demo.host, demo.port)
  console.log('Preparing the database and the panel...')
  const sandboxFlags = [`--data-dir=${demo.dataDir}/sandbox`, `--product-url=${demo.url}`]
  children.start('sandbox', [...TYPESCRIPT, 'ace.js', 'sandbox:serve', ...sandboxFlags], {
    ...demo.env,
    NODE_ENV: 'development',
  })
  const [owner] = await Promise.all([
    children.ask([...TYPESCRIPT, 'bin/demo_prepare.ts'], { ...demo.env, NODE_ENV: 'development' }),
    buildAssets(),
    waitFor(`${demo.sandboxUrl}/`),
  ])
  await addSandboxPeople(demo.sandboxUrl, owner.customers)
  const services = await sandboxServices(demo.sandboxUrl)
  children.start('product', [...TYPESCRIPT, 'bin/server.ts'], { ...demo.env, ...services, NODE_ENV: 'production' })
  await waitFor(`${demo.url}/health`)
  console.log(welcome(owner))
} catch (error) {
  await stop(1, error.message)
}

function welcome({ email, password }) {
  const lines = [
    `Kontora is ready, after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
    '',
    `Panel     ${demo.url}/admin`,
    `Log in    ${email}`,
    `          ${password ?? 'with the password you know; a new one: npm run ace -- admin:reset'}`,
    `Sandbox   ${demo.sandboxUrl}`,
    '          chat with the bot as one of the sample customers',
    `Payments  ${demo.sandboxUrl}/pay`,
    '          pay their invoices, exactly or not; /faults makes providers misbehave',
    '',
    'Ctrl-C stops everything. Data and logs stay in:',
    demo.dataDir,
    'Start afresh: npm run demo -- --reset',
  ]
  const width = Math.max(...lines.map((line) => line.length)) + 2
  const rule = '─'.repeat(width + 1)
  return ['', `┌${rule}┐`, ...lines.map((line) => `│ ${line.padEnd(width)}│`), `└${rule}┘`, ''].join('\n')
}

async function stop(exitCode, message) {
  if (message) console.error(`\n${message}`)
  await children.stop()
  process.exit(exitCode)
}

function fail(error) {
  console.error(error.message)
  process.exit(1)
}
