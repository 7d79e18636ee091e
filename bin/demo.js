/*
 * `npm run demo`: the whole product on this machine, with sample data and a sandbox in place of Telegram.
 * It sets variables and starts the ordinary processes; the product itself knows nothing of a demo.
 */
import { buildAssets } from './build_assets.js'
import { demoEnvironment } from './demo_environment.js'
import { Children } from './demo_children.js'
import { addSandboxPeople, assertFree, fillWallets, sandboxServices, waitFor } from './demo_network.js'

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
  const [{ services, owner }] = await Promise.all([prepare(), buildAssets()])
  await addSandboxPeople(demo.sandboxUrl, owner.customers)
  if (owner.wallets) await fillWallets(demo.sandboxUrl, owner.wallets)
  children.start('product', [...TYPESCRIPT, 'bin/server.ts'], { ...demo.env, ...services, NODE_ENV: 'production' })
  await waitFor(`${demo.url}/health`)
  console.log(welcome(owner, services))
} catch (error) {
  await stop(1, error.message)
}

/** With the sandbox's services: what is prepared has wallets on its chain. */
async function prepare() {
  await waitFor(`${demo.sandboxUrl}/`)
  const services = await sandboxServices(demo.sandboxUrl)
  const environment = { ...demo.env, ...services, NODE_ENV: 'development' }
  return { services, owner: await children.ask([...TYPESCRIPT, 'bin/demo_prepare.ts'], environment) }
}

function welcome({ email, password }, services) {
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
    ...chainLines(services),
    'Ctrl-C stops everything. Data and logs stay in:',
    demo.dataDir,
    'Start afresh: npm run demo -- --reset',
  ]
  const width = Math.max(...lines.map((line) => line.length)) + 2
  const rule = '─'.repeat(width + 1)
  return ['', `┌${rule}┐`, ...lines.map((line) => `│ ${line.padEnd(width)}│`), `└${rule}┘`, ''].join('\n')
}

/** Without an anvil for this machine there is no chain, and the product leaves wallets and the raffle off. */
function chainLines({ CHAIN_ID: hasChain }) {
  return hasChain
    ? [`Chain     ${demo.sandboxUrl}/chain`, '          send test USDT to a wallet of the bot, for the raffle', '']
    : ['Chain     none: the raffle needs Foundry (https://getfoundry.sh)', '']
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
