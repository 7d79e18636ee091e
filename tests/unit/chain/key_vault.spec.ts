import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Secret } from '@adonisjs/core/helpers'
import { Transaction } from 'ethers'
import { KeyVault, type KeyOwner } from '#chain/keys/key_vault'
import ChainWallet from '#chain/models/chain_wallet'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { transaction } from '#core/database/transaction'
import AuditEntry from '#staff/models/audit_entry'
import { EncryptionKeyWrapper } from '#system/keys/encryption_key_wrapper'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { bindChain, NOWHERE } from '#tests/support/chain/bind_chain'

const OLD = new Secret('old-key-old-key-old-key-old-key-old')
const NEW = new Secret('new-key-new-key-new-key-new-key-new')

const callOf = (selector: string, address: string) =>
  `0x${selector}${address.slice(2).padStart(64, '0')}${'1'.padStart(64, '0')}`

const TX = {
  to: NOWHERE.usdt,
  data: callOf('a9059cbb', NOWHERE.raffle),
  value: 0n,
  nonce: 3,
  gasLimit: 60_000n,
  maxFee: 30_000_000_000n,
  maxPriorityFee: 1_000_000_000n,
}

const vaultOf = () => app.container.make(KeyVault)

async function newWallet(owner?: KeyOwner) {
  const vault = await vaultOf()
  const customer = await CustomerFactory.create()
  return transaction((trx) => vault.create(trx, owner ?? { owner: 'customer', customerId: customer.id }, 42))
}

const sign = async (wallet: ChainWallet, change: Partial<typeof TX> = {}) => {
  const vault = await vaultOf()
  return vault.withKey(wallet, { operation: 'ABCDEFGHJK', step: 'act' }, async (signer) =>
    signer.sign({ ...TX, ...change })
  )
}

const useKeys = (...keys: [Secret<string>, ...Secret<string>[]]) =>
  app.container.swap(KeyWrapper, () => new EncryptionKeyWrapper(keys))

test.group('KeyVault', (group) => {
  group.each.setup(() => resetDatabase())
  group.each.setup(() => bindChain(NOWHERE))
  group.each.teardown(() => app.container.restore(KeyWrapper))

  test('a new wallet signs what the chain recognises as its own', async ({ assert }) => {
    const wallet = await newWallet()
    const { raw, hash } = await sign(wallet)
    const sent = Transaction.from(raw)
    assert.equal(sent.from, wallet.address)
    assert.equal(sent.hash, hash)
    assert.equal(sent.chainId, 31_337n)
    assert.containSubset(sent.toJSON(), { type: 2, data: TX.data.toLowerCase(), nonce: 3, maxFeePerGas: '30000000000' })
    assert.equal(wallet.addressKey, wallet.address.toLowerCase())
    assert.equal(wallet.createdBlock, 42)
  })

  test('each use of a key stands in the audit log before it happens, with what it was for', async ({ assert }) => {
    const wallet = await newWallet()
    const vault = await vaultOf()
    await vault.withKey(wallet, { operation: 'ABCDEFGHJK', step: 'act' }, async () => {
      const entry = await AuditEntry.query().where('action', 'chain_wallet.key_used').firstOrFail()
      assert.equal(entry.subjectId, String(wallet.id))
      assert.deepEqual(entry.after, { address: wallet.address, operation: 'ABCDEFGHJK', step: 'act' })
    })
  })

  test('given a signer kept for later, when the key was given back, then it signs nothing', async ({ assert }) => {
    const vault = await vaultOf()
    const kept = await vault.withKey(await newWallet(), {}, async (signer) => signer)
    assert.throws(() => kept.sign(TX), /was given back/)
  })

  test('a customer’s key signs {0}')
    .with([
      ['an entry', () => ({ to: NOWHERE.raffle, data: '0x2cfcc539' })],
      ['what lets the raffle take USDT', () => ({ data: callOf('095ea7b3', NOWHERE.raffle) })],
      ['nothing, to use a nonce up', ({ address }: ChainWallet) => ({ to: address, data: '0x' })],
    ] as const)
    .run(async ({ assert }, [, change]) => {
      const wallet = await newWallet()
      const { raw } = await sign(wallet, change(wallet))
      assert.equal(Transaction.from(raw).from, wallet.address)
    })

  test('a customer’s key does not sign {0}')
    .with([
      ['ether for somebody', { to: NOWHERE.usdt, data: '0x', value: 1n }],
      ['ether in a call', { value: 1n }],
      ['what lets somebody else take USDT', { data: callOf('095ea7b3', NOWHERE.usdt) }],
      ['another call of USDT', { data: '0x8456cb59' }],
      ['a call of another contract', { to: `0x${'1'.repeat(40)}` }],
      ['another call of the raffle', { to: NOWHERE.raffle, data: '0x4585e33b' }],
    ] as const)
    .run(async ({ assert }, [, change]) => {
      const wallet = await newWallet()
      await assert.rejects(() => sign(wallet, change), /does not sign such a call/)
    })

  test('the treasury’s key sends ether and asks the raffle for draws and prizes, and touches no USDT', async ({
    assert,
  }) => {
    const wallet = await newWallet({ owner: 'treasury' })
    await sign(wallet, { to: NOWHERE.usdt, data: '0x', value: 5n })
    await sign(wallet, { to: NOWHERE.raffle, data: '0x4585e33b' })
    await sign(wallet, { to: NOWHERE.raffle, data: '0xe5e9b661' })
    const setPaused = { to: NOWHERE.raffle, data: '0x16c38b3c' }
    await assert.rejects(() => sign(wallet, setPaused), /does not sign such a call/)
    await assert.rejects(() => sign(wallet), /does not sign such a call/)
  })

  test('given the {0} of another wallet in its row, when a key is wanted, then it is refused')
    .with([
      ['sealed key', ['sealed_key']],
      ['data key', ['data_key']],
      ['keys', ['sealed_key', 'data_key']],
    ] as const)
    .run(async ({ assert }, [, columns]) => {
      const [mine, other] = [await newWallet(), await newWallet()]
      const row = await db.from('chain_wallets').where('id', other.id).firstOrFail()
      const stolen = Object.fromEntries(columns.map((column) => [column, row[column]]))
      await db.from('chain_wallets').where('id', mine.id).update(stolen)
      await assert.rejects(async () => sign(await ChainWallet.findOrFail(mine.id)))
    })

  test('given a row moved to another customer, address or chain, when a key is wanted, then it is refused', async ({
    assert,
  }) => {
    const wallet = await newWallet()
    const customer = await CustomerFactory.create()
    for (const change of [
      { customerId: customer.id },
      { address: NOWHERE.usdt },
      { chainId: 1 },
      { customerId: null },
    ]) {
      const moved = await ChainWallet.findOrFail(wallet.id)
      await assert.rejects(() => sign(moved.merge(change as any)))
    }
    await sign(await ChainWallet.findOrFail(wallet.id))
  })

  test('given new keys, when wallets are wrapped again, then they no longer need the old one', async ({ assert }) => {
    useKeys(OLD)
    const wallet = await newWallet()
    const { sealedKey } = wallet
    useKeys(NEW, OLD)
    const vault = await vaultOf()
    assert.isTrue(await transaction((trx) => vault.rewrap(trx, wallet.id)))
    assert.isFalse(await transaction((trx) => vault.rewrap(trx, wallet.id)))

    useKeys(NEW)
    const rewrapped = await ChainWallet.findOrFail(wallet.id)
    const { raw } = await sign(rewrapped)
    assert.equal(Transaction.from(raw).from, wallet.address)
    assert.equal(rewrapped.sealedKey, sealedKey)
    assert.lengthOf(await AuditEntry.query().where('action', 'chain_wallet.key_rewrapped'), 1)
  })

  test('given a backup of the rows alone, when they are restored, then they sign as before; without APP_KEY they don’t', async ({
    assert,
  }) => {
    const { id, address, customerId } = await newWallet()
    const [customer, rows] = [await db.from('customers').where('id', customerId!), await db.from('chain_wallets')]
    const backup = JSON.stringify({ customer, rows })
    await resetDatabase()
    const restored = JSON.parse(backup)
    await db.table('customers').insert(restored.customer[0])
    await db.table('chain_wallets').insert(restored.rows[0])

    const wallet = await ChainWallet.findOrFail(id)
    const { raw } = await sign(wallet)
    assert.equal(Transaction.from(raw).from, address)
    useKeys(NEW)
    await assert.rejects(() => sign(wallet), /APP_KEY_PREVIOUS/)
  })

  test('a wallet that is written somewhere shows no key', async ({ assert }) => {
    const wallet = await newWallet({ owner: 'treasury' })
    const text = JSON.stringify(wallet)
    assert.include(text, wallet.address)
    assert.notInclude(text, wallet.sealedKey)
    assert.notInclude(text, wallet.dataKey)
  })
})
