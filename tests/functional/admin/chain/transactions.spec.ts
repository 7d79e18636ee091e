import { test } from '@japa/runner'
import ChainTxAttempt from '#chain/models/chain_tx_attempt'
import { givenCustomer } from '#tests/support/payments/given'
import { givenChain, hash, JANUARY, operationRow, txRow, usdt, walletRow } from '#tests/support/chain/panel_rows'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, loginAs } from '#tests/support/staff'

test.group('Transactions of the chain in the panel', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    return givenChain()
  })

  test('a transaction is told with whose it is, its gas and its fee in coins', async ({ client, assert }) => {
    const wallet = await walletRow(await givenCustomer('Olena'))
    await txRow(await walletRow(null), { kind: 'gas_topup', toKey: wallet.addressKey })
    await txRow(wallet, {
      ...{ status: 'confirmed', amount: usdt(10), blockNumber: 20_118_442, gasUsed: 109_000, gasPrice: '2000000000' },
      settledAt: JANUARY,
    })

    const page = await loginAs(client.get('/admin/chain/transactions'), await createAdmin({ role: 'support' }))
    for (const text of [
      'Treasury',
      'Olena',
      'Raffle contract',
      '109\u202F000',
      '0.000218 ETH',
      '20\u202F118\u202F442',
    ]) {
      assert.include(page.text(), text)
    }
  })

  test('the list is searched by any attempt’s hash, by address and by operation, and filtered by what is under way', async ({
    client,
    assert,
  }) => {
    const [mine, other] = [await walletRow(await givenCustomer('Olena')), await walletRow(await givenCustomer('Petro'))]
    const operation = await operationRow(mine)
    const first = await txRow(mine, { operationId: operation.id })
    const second = await txRow(other, { status: 'confirmed', settledAt: JANUARY })
    const replaced = hash()
    await ChainTxAttempt.create({
      ...{ txId: first.id, hash: replaced, raw: '0xsigned', maxFee: '1', maxPriorityFee: '1', broadcasts: 1 },
      createdAt: JANUARY,
    })
    const admin = await createAdmin()

    for (const qs of [
      { q: first.hash },
      { q: replaced.toUpperCase() },
      { q: mine.address },
      { q: operation.reference.toLowerCase() },
      { status: 'open' },
      { wallet: mine.address },
    ]) {
      const page = await loginAs(client.get('/admin/chain/transactions').qs(qs), admin)
      assert.include(page.text(), first.hash, JSON.stringify(qs))
      assert.notInclude(page.text(), second.hash, JSON.stringify(qs))
    }
  })
})
