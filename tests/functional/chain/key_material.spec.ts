import { inspect } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { SigningKey, computeAddress } from 'ethers'
import { RequestWithdrawal } from '#chain/actions/request_withdrawal'
import { unseal } from '#chain/keys/key_cipher'
import { KeyVault } from '#chain/keys/key_vault'
import ChainWallet from '#chain/models/chain_wallet'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import { Treasury } from '#chain/treasury/treasury'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { Money } from '#core/money/money'
import { EnterRaffle } from '#raffles/actions/enter_raffle'
import AuditEntry from '#staff/models/audit_entry'
import { bindChain } from '#tests/support/chain/bind_chain'
import { EvmWorld } from '#tests/support/chain/evm'
import { newWallet } from '#tests/support/chain/listening'
import { resetDatabase } from '#tests/support/database'
import { freePort } from '#tests/support/environment'
import { accepted, balanceOf } from '#tests/support/ledger'
import { endProcess, startServer } from '#tests/support/processes'
import { custody } from '#ledger/accounts'

const OUTSIDE = '0x00000000000000000000000000000000000000A1'
const SECRET_URL_PART = '0a1b2c3d4e5f60718293'

let world: EvmWorld

/** What a key or a data key might be written as. */
const spellings = (bytes: Buffer) => [
  bytes.toString('hex'),
  bytes.toString('hex').toUpperCase(),
  bytes.toString('base64').replace(/=+$/, ''),
  bytes.toString('base64url'),
  BigInt(`0x${bytes.toString('hex')}`).toString(),
  [...bytes].join(','),
  [...bytes].join(', '),
]

/** The secrets of a wallet, opened behind the vault's back. */
async function secretsOf({ chainId, customerId, address, dataKey, sealedKey }: ChainWallet) {
  const wrapper = await app.container.make(KeyWrapper)
  const place = ['wallet:v1', chainId, customerId ?? 'treasury', address].join('|')
  const opened = Buffer.from(wrapper.unwrap(dataKey, place), 'base64url')
  const key = unseal(sealedKey, opened, place)
  return { key, spelt: [...spellings(key), ...spellings(opened)] }
}

/** Every row of every table. */
async function everyRow() {
  const tables = await db.connection().getAllTables(['public'])
  const rows = await Promise.all(tables.map((table) => db.from(table)))
  return rows.map((some) => inspect(some, { depth: 10, maxArrayLength: null, maxStringLength: null })).join('\n')
}

test.group('Key material', (group) => {
  group.setup(async () => {
    world = await EvmWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => resetDatabase())
  group.each.setup(() => bindChain(world.chainConfig()))

  test('given an entry and a withdrawal from beginning to end, then no key is in a log, a row or an answer', async ({
    assert,
    cleanup,
  }) => {
    const wallet = await newWallet()
    const treasury = await app.container.make(Treasury)
    const house = await treasury.wallet()
    await world.setBalance(house.address, 10n ** 18n)
    await world.mint(wallet.address, 30_000_000n)

    const port = await freePort()
    const server = startServer({
      ...{ PORT: String(port), EMBEDDED_WORKER: 'true', LOG_LEVEL: 'trace', TELEGRAM_BOT_TOKEN: '' },
      CHAIN_RPC_URLS: `${world.rpcUrl}?key=${SECRET_URL_PART}`,
      ...{ CHAIN_ID: String(world.chainId), CHAIN_USDT_ADDRESS: world.usdt, CHAIN_RAFFLE_ADDRESS: world.raffle },
      ...{ CHAIN_START_BLOCK: '0', CHAIN_CONFIRMATIONS: '1', CHAIN_POLL_MS: '100' },
    })
    cleanup(async () => void (await endProcess(server, 'SIGKILL')))
    const said: Buffer[] = []
    server.stdout!.on('data', (chunk) => said.push(chunk))
    server.stderr!.on('data', (chunk) => said.push(chunk))

    const until = async (isSo: () => Promise<boolean>) => {
      while (!(await isSo())) {
        if (server.exitCode !== null) throw new Error(`The server has ended: ${Buffer.concat(said).toString()}`)
        await sleep(100)
      }
    }
    const { customerId } = wallet
    await until(async () => (await balanceOf(custody(customerId))) === 30_000_000n)
    const enter = await app.container.make(EnterRaffle)
    accepted(await enter.run({ key: 'entry', customerId, source: 'bot', actor: SYSTEM_ACTOR }))
    await until(async () => (await balanceOf(custody(customerId))) === 25_000_000n)
    const withdraw = await app.container.make(RequestWithdrawal)
    const amount = Money.of(10_000_000n, 'USDT')
    accepted(await withdraw.run({ key: 'out', customerId, to: OUTSIDE, amount, actor: SYSTEM_ACTOR }))
    await until(async () => (await ChainWithdrawal.query().where('status', 'done').first()) !== null)
    assert.equal(await world.usdtOf(OUTSIDE), 10_000_000n)
    assert.equal(await balanceOf(custody(customerId)), 15_000_000n)

    const pages = ['/health', '/health/chain', '/admin/login', '/nowhere', '/metrics']
    const answers = await Promise.all(
      pages.map(async (page) => {
        const answer = await fetch(`http://127.0.0.1:${port}${page}`)
        return answer.text()
      })
    )
    await endProcess(server, 'SIGTERM')

    const everything = [Buffer.concat(said).toString(), await everyRow(), ...answers].join('\n')
    assert.include(everything, wallet.address, 'what is searched holds what was done')
    for (const one of [wallet, house]) {
      const { key, spelt } = await secretsOf(one)
      assert.equal(computeAddress(new SigningKey(key).publicKey), one.address, 'these are the keys')
      assert.deepEqual(
        spelt.filter((secret) => everything.includes(secret)),
        []
      )
    }
    assert.notInclude(everything, SECRET_URL_PART)

    const uses = await AuditEntry.query().where('action', 'chain_wallet.key_used').orderBy('id')
    const [{ count }] = await db.from('chain_tx_attempts').count('* as count')
    assert.isAtLeast(uses.length, Number(count), 'each signature has its entry')
  }).timeout(180_000)

  test('given a row that was tampered with, then what is thrown tells of no key', async ({ assert }) => {
    const [mine, other] = [await newWallet(), await newWallet()]
    const opened = await Promise.all([mine, other].map((wallet) => secretsOf(wallet)))
    const secrets = opened.flatMap(({ spelt }) => spelt)
    await ChainWallet.query().where('id', mine.id).update({ sealed_key: other.sealedKey })
    const tampered = await ChainWallet.findOrFail(mine.id)
    const vault = await app.container.make(KeyVault)
    const failures = [
      await vault.withKey(tampered, {}, async () => {}).catch((error) => error),
      await vault
        .withKey(other, {}, async (signer) => {
          throw new Error(inspect(signer, { showHidden: true, depth: 10 }), { cause: { signer, vault, wallet: other } })
        })
        .catch((error) => error),
    ]
    for (const failure of failures) {
      assert.instanceOf(failure, Error)
      const told = inspect(failure, { showHidden: true, depth: 10 }) + JSON.stringify(failure.cause?.wallet ?? null)
      assert.deepEqual(
        secrets.filter((secret) => told.includes(secret)),
        []
      )
    }
  })
})
