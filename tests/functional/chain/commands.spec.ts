import { once } from 'node:events'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Secret } from '@adonisjs/core/helpers'
import db from '@adonisjs/lucid/services/db'
import { KeyVault } from '#chain/keys/key_vault'
import ChainWallet from '#chain/models/chain_wallet'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { EncryptionKeyWrapper } from '#system/keys/encryption_key_wrapper'
import { bindChain } from '#tests/support/chain/bind_chain'
import { EvmWorld } from '#tests/support/chain/evm'
import { catchUp, newListener, newWallet } from '#tests/support/chain/listening'
import { freePort } from '#tests/support/environment'
import { resetDatabase } from '#tests/support/database'
import { runAce, startServer } from '#tests/support/processes'

const NEW_KEY = 'a-new-key-of-the-application-0001'

let world: EvmWorld

const environment = () => ({
  CHAIN_RPC_URLS: world.rpcUrl,
  CHAIN_ID: String(world.chainId),
  CHAIN_USDT_ADDRESS: world.usdt,
  CHAIN_RAFFLE_ADDRESS: world.raffle,
  CHAIN_START_BLOCK: '0',
  CHAIN_CONFIRMATIONS: '1',
  TELEGRAM_BOT_TOKEN: '',
})

/** Starts the web process, which must not get far. */
async function refusedStart(env: Record<string, string>) {
  const server = startServer({ ...environment(), EMBEDDED_WORKER: 'false', PORT: String(await freePort()), ...env })
  const output: Buffer[] = []
  server.stdout!.on('data', (chunk) => output.push(chunk))
  server.stderr!.on('data', (chunk) => output.push(chunk))
  const [exitCode] = await once(server, 'close')
  return { exitCode, output: Buffer.concat(output).toString() }
}

test.group('Commands of the chain', (group) => {
  group.setup(async () => {
    world = await EvmWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => resetDatabase())
  group.each.setup(() => bindChain(world.chainConfig()))

  test('chain:reconcile ends with 0 when books and chain agree, with 1 when not, with 2 when nobody knows', async ({
    assert,
  }) => {
    const wallet = await newWallet()
    await world.mint(wallet.address, 5_000_000n)
    await catchUp(await newListener())
    const clean = await runAce(['chain:reconcile'], { env: environment() })
    assert.match(clean.output, /1 wallets agree with the chain/)
    assert.equal(clean.exitCode, 0)

    await db.from('ledger_accounts').where('customer_id', wallet.customerId).update({ balance: 4_000_000 })
    const broken = await runAce(['chain:reconcile'], { env: environment() })
    assert.equal(broken.exitCode, 1)
    assert.include(broken.output, `wallet_balance ${wallet.address}: ours 4.000000, chain 5.000000`)

    const dead = await runAce(['chain:reconcile'], { env: { ...environment(), CHAIN_RPC_URLS: 'http://127.0.0.1:9/' } })
    assert.equal(dead.exitCode, 2)
    assert.match(dead.output, /No node answered/)
  }).timeout(120_000)

  test('wallet:rotate-keys makes every wallet open with the new key alone, and may be repeated', async ({
    assert,
    cleanup,
  }) => {
    cleanup(() => app.container.restore(KeyWrapper))
    const wallets = [await newWallet(), await newWallet(), await newWallet()]
    const env = { ...environment(), APP_KEY: NEW_KEY, APP_KEY_PREVIOUS: process.env.APP_KEY! }
    const first = await runAce(['wallet:rotate-keys'], { env })
    assert.equal(first.exitCode, 0)
    assert.match(first.output, /3 of 3 wallets/)
    const second = await runAce(['wallet:rotate-keys'], { env })
    assert.match(second.output, /0 of 3 wallets/)

    app.container.swap(KeyWrapper, () => new EncryptionKeyWrapper([new Secret(NEW_KEY)]))
    const vault = await app.container.make(KeyVault)
    for (const { id, address } of wallets) {
      const wallet = await ChainWallet.findOrFail(id)
      assert.equal(await vault.withKey(wallet, {}, async (signer) => signer.address), address)
    }
  }).timeout(60_000)

  test('given nodes of another chain, then the web process refuses to start and says so', async ({ assert }) => {
    const { exitCode, output } = await refusedStart({ CHAIN_ID: '1' })
    assert.equal(exitCode, 1)
    assert.match(output, /^The node \S+ serves the chain 31337, but CHAIN_ID is 1$/m)
    assert.notInclude(output, ' at ')
  }).timeout(60_000)

  test('given a raffle’s address where no contract is, then the web process refuses to start', async ({ assert }) => {
    const { exitCode, output } = await refusedStart({ CHAIN_RAFFLE_ADDRESS: `0x${'1'.repeat(40)}` })
    assert.equal(exitCode, 1)
    assert.match(output, /CHAIN_RAFFLE_ADDRESS is no contract on the chain 31337/)
  }).timeout(60_000)
})
