import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { CreateWallet } from '#chain/actions/create_wallet'
import ChainCursor from '#chain/models/chain_cursor'
import ChainWallet from '#chain/models/chain_wallet'
import { chainEnabled } from '#chain/settings'
import { Settings } from '#core/contracts/settings'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import AuditEntry from '#staff/models/audit_entry'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { accepted } from '#tests/support/ledger'
import { bindChain, NOWHERE } from '#tests/support/chain/bind_chain'

async function create(customerId: number) {
  const action = await app.container.make(CreateWallet)
  return action.run({ customerId, actor: SYSTEM_ACTOR })
}

test.group('A customer’s wallet', (group) => {
  group.each.setup(() => resetDatabase())
  group.each.setup(() => bindChain(NOWHERE))

  test('given no node that answers, when a customer wants a wallet, then they get one', async ({ assert }) => {
    const customer = await CustomerFactory.create()
    const wallet = accepted(await create(customer.id))
    assert.match(wallet.address, /^0x[0-9a-fA-F]{40}$/)
    assert.equal(wallet.createdBlock, NOWHERE.startBlock)
    const entry = await AuditEntry.query().where('action', 'chain_wallet.created').firstOrFail()
    assert.deepEqual(entry.after, { address: wallet.address, customer: customer.id })
  })

  test('given a chain that is read already, then nothing of the wallet can be in an older block', async ({
    assert,
  }) => {
    const at = { chainId: NOWHERE.chainId, stream: 'main', head: 60, confirmedBlock: 48, updatedAt: 1 }
    await ChainCursor.create({ ...at, blockNumber: 59 })
    const customer = await CustomerFactory.create()
    assert.equal(accepted(await create(customer.id)).createdBlock, 59)
  })

  test('given ten taps at once, then there is one wallet', async ({ assert }) => {
    const customer = await CustomerFactory.create()
    const wallets = await Promise.all(Array.from({ length: 10 }, () => create(customer.id)))
    assert.lengthOf(new Set(wallets.map((wallet) => accepted(wallet).id)), 1)
    assert.lengthOf(await ChainWallet.all(), 1)
    assert.lengthOf(await AuditEntry.query().where('action', 'chain_wallet.created'), 1)
  })

  test('given the module is off, then there is no new wallet, and one that exists is still theirs', async ({
    assert,
  }) => {
    const [old, fresh] = await CustomerFactory.createMany(2)
    const wallet = accepted(await create(old.id))
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, chainEnabled, false))

    assert.containSubset(await create(fresh.id), { refusal: { code: 'chain_off' } })
    assert.equal(accepted(await create(old.id)).id, wallet.id)

    bindChain(null)
    assert.containSubset(await create(old.id), { refusal: { code: 'chain_off' } })
  })

  test('a banned customer and one who is not there get none', async ({ assert }) => {
    const banned = await CustomerFactory.merge({ bannedAt: 1 }).create()
    assert.containSubset(await create(banned.id), { refusal: { code: 'customer_banned' } })
    assert.containSubset(await create(999_999), { refusal: { code: 'customer_not_found' } })
  })
})
