import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import ChainReconciliation from '#chain/models/chain_reconciliation'
import { transaction } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { custody, system } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import RaffleWatch from '#raffles/models/raffle_watch'
import { formatNumber } from '#admin/shared/format'
import { givenCustomer, valueOf } from '#tests/support/payments/given'
import {
  CONFIG,
  cursorRow,
  eventRow,
  givenChain,
  JANUARY,
  operationRow,
  txRow,
  usdt,
  walletRow,
  withdrawalRow,
} from '#tests/support/chain/panel_rows'
import { resetDatabase } from '#tests/support/database'
import { seen } from '#tests/support/seen'
import { createAdmin, loginAs } from '#tests/support/staff'

/** As the ledger's mirror of the chain posts it. */
async function deposit(customerId: number, amount: bigint) {
  const ledger = await app.container.make(Ledger)
  const posted = await transaction((trx) =>
    ledger.transfer(trx, {
      kind: 'deposit',
      key: `test:${customerId}:${amount}`,
      postings: [{ from: system('clearing:evm', 'USDT'), to: custody(customerId), amount: Money.of(amount, 'USDT') }],
      actor: { type: 'system', id: null, name: 'test' },
    })
  )
  return valueOf(posted)
}

test.group('Wallets in the panel', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    return givenChain()
  })

  test('wallets are listed with what the books have of them and what they do, never their keys', async ({
    client,
    assert,
  }) => {
    const [olena, petro] = [await givenCustomer('Olena'), await givenCustomer('Petro')]
    const rich = await walletRow(olena, { dataKey: 'closed-data-key', sealedKey: 'closed-sealed-key' })
    const poor = await walletRow(petro)
    await deposit(olena.id, usdt(49.9))
    await operationRow(rich, { status: 'topup' })
    const admin = await createAdmin({ role: 'support' })

    const all = await loginAs(client.get('/admin/wallets'), admin)
    for (const text of ['Olena', 'Petro', '49.90', 'Raffle entry', 'sending gas']) assert.include(all.text(), text)
    assert.notInclude(all.text(), 'closed-')
    for (const qs of [{ q: rich.address.slice(0, 12) }, { q: 'olen' }, { funds: 'yes' }, { busy: 'yes' }]) {
      const page = await loginAs(client.get('/admin/wallets').qs(qs), admin)
      assert.include(page.text(), rich.address, JSON.stringify(qs))
      assert.notInclude(page.text(), poor.address, JSON.stringify(qs))
    }
    const csv = await loginAs(client.get('/admin/wallets').qs({ funds: 'yes', format: 'csv' }), admin)
    assert.include(csv.text(), `${rich.address},${olena.id},49.900000,`)
    assert.notInclude(csv.text(), 'closed-')
  })

  test('given nodes that do not answer, when a wallet is opened, then its page shows the books and says so', async ({
    client,
    assert,
  }) => {
    const olena = await givenCustomer('Olena')
    const wallet = await walletRow(olena, { sealedKey: 'closed-sealed-key' })
    await deposit(olena.id, usdt(49.9))
    const event = await eventRow('Transfer', {
      toKey: wallet.addressKey,
      fromKey: `0x${'c'.repeat(40)}`,
      amount: usdt(49.9),
    })

    const page = await loginAs(client.get(`/admin/wallets/${wallet.address}`), await createAdmin())
    for (const text of ['No node of the chain answers now', '49.90 USDT', '+49.90', event.txHash, wallet.address]) {
      assert.include(page.text(), text)
    }
    assert.notInclude(page.text(), 'closed-')
    assert.notInclude(page.text(), 'secret-key')
  })

  test('given a name that no database looks for, when {$self} is opened, then it is not there')
    .with([
      '/admin/wallets/%00',
      '/admin/chain/transactions/%00',
      '/admin/chain/operations/%00',
      '/admin/withdrawals/0%00',
      '/admin/raffles/%00',
    ])
    .run(async ({ client }, path) => {
      const page = await loginAs(client.get(path), await createAdmin())
      page.assertStatus(404)
    })

  test('the treasury’s page has its address, its QR code and what it spent of its budget', async ({
    client,
    assert,
  }) => {
    const treasury = await walletRow(null)
    await txRow(treasury, { kind: 'gas_topup', value: '2500000000000000', createdAt: Date.now() })

    const page = await loginAs(client.get('/admin/chain/treasury'), await createAdmin({ role: 'finance' }))
    for (const text of [
      treasury.address,
      'data:image/svg+xml;base64,',
      '0.0025 ETH',
      'of 0.1 ETH',
      'Gas for a wallet',
    ]) {
      assert.include(page.text(), text)
    }
    const wallet = await loginAs(client.get(`/admin/wallets/${treasury.address}`).redirects(0), await createAdmin())
    wallet.assertHeader('location', '/admin/chain/treasury')
  })

  test('given a node whose URL holds a key, when the chain’s health is opened, then its host alone is told', async ({
    client,
    assert,
  }) => {
    await cursorRow({ stopped: 'Block 110 was replaced after 12 others' })
    await eventRow('Transfer', { problem: 'Not enough in custody', toKey: `0x${'d'.repeat(40)}` })

    const page = await loginAs(client.get('/admin/chain'), await createAdmin())
    for (const text of [
      '127.0.0.1:9',
      'read 120 of 125',
      'The listener has stopped.',
      '1 event could not take effect',
    ]) {
      assert.include(page.text(), text)
    }
    assert.notInclude(page.text(), 'secret-key')
  })

  test('an admin lets the listener read again from a block that was read', async ({ client, assert }) => {
    const cursor = await cursorRow({ stopped: 'Block 110 was replaced after 12 others' })
    const admin = await createAdmin()
    const late = await loginAs(client.post('/admin/chain/rewinds').redirects(0), admin).form({ block: 500 })
    assert.isDefined(late.flashMessage('inputErrorsBag')?.block)

    const done = await loginAs(client.post('/admin/chain/rewinds').redirects(0), admin).form({ block: 100 })
    done.assertFlashMessage('success', 'The listener reads on from that block within a moment.')
    await cursor.refresh()
    assert.equal(cursor.blockNumber, 99)
    assert.isNull(cursor.stopped)
  })

  test('given a block before the first one to read, when it is to be read again, then nothing is', async ({
    client,
    assert,
  }) => {
    givenChain({ startBlock: 1000 })
    const cursor = await cursorRow({ blockNumber: 1200 })
    const admin = await createAdmin()
    const early = await loginAs(client.post('/admin/chain/rewinds').redirects(0), admin).form({ block: 120 })
    assert.include(String(early.flashMessage('inputErrorsBag')?.block), 'before block 1,000')
    await cursor.refresh()
    assert.equal(cursor.blockNumber, 1200)
  })

  test('given a first block to read that is beyond what was read, when it has stopped, then it can still go on', async ({
    client,
    assert,
  }) => {
    givenChain({ startBlock: 500 })
    const cursor = await cursorRow({ stopped: 'Block 110 was replaced after 12 others' })
    await loginAs(client.post('/admin/chain/rewinds').redirects(0), await createAdmin()).form({ block: 121 })
    await cursor.refresh()
    assert.isNull(cursor.stopped)
  })

  test('it is asked whether to read again: from where, and what waits meanwhile', async ({ client, assert }) => {
    givenChain({ startBlock: 100 })
    await cursorRow({ blockNumber: 20_118_600, head: 20_118_603, confirmedBlock: 20_118_597 })
    const page = await loginAs(client.get('/admin/chain'), await createAdmin())
    const [, dialog] = page.text().split('<dialog class="confirm" id="rewind"')
    const [asked] = dialog.split('</dialog>')
    const block = formatNumber(20_118_600)
    for (const text of [
      '/admin/chain/rewinds',
      'min="100"',
      `Block ${block} is the last`,
      `come back to block ${block}`,
    ]) {
      assert.include(asked, text)
    }
  })

  test('what the watchdog saw is written for people: LINK cut short, USDT in groups', async ({ client, assert }) => {
    await RaffleWatch.create({
      ...{ chainId: CONFIG.chainId, contractKey: CONFIG.raffle, checkedAt: JANUARY },
      figures: {
        ...{ state: 'open', isPaused: false, entries: 3, isDue: false, pendingSince: null, requestId: null },
        ...{ link: '1234.141592653589793238', isLinkLow: false, treasuryWei: null },
        unclaimed: [{ reference: 'R', round: 56, address: CONFIG.raffle, amount: '1234.500000' }],
      },
    })
    const page = await loginAs(client.get('/admin/chain'), await createAdmin())
    for (const text of ['1 234.141592 LINK', '1 234.50 USDT']) assert.include(seen(page.text()), text)
  })

  test('withdrawals are listed, searched and filtered, and their page says why one failed', async ({
    client,
    assert,
  }) => {
    const olena = await walletRow(await givenCustomer('Olena'))
    const waiting = await withdrawalRow(olena, { status: 'awaiting_approval', amount: usdt(500) })
    const over = await withdrawalRow(olena, { status: 'failed', reason: 'insufficient_usdt', finishedAt: Date.now() })
    const admin = await createAdmin()

    for (const qs of [{ q: waiting.reference }, { status: 'open' }, { status: 'awaiting_approval' }]) {
      const page = await loginAs(client.get('/admin/withdrawals').qs(qs), admin)
      assert.include(page.text(), waiting.reference, JSON.stringify(qs))
      assert.notInclude(page.text(), over.reference, JSON.stringify(qs))
    }
    const page = await loginAs(client.get(`/admin/withdrawals/${waiting.reference}`), admin)
    for (const text of ['500.00', waiting.toAddress, olena.address]) assert.include(page.text(), text)
    const failed = await loginAs(client.get(`/admin/withdrawals/${over.reference}`), admin)
    assert.include(failed.text(), 'Not enough USDT')
  })

  test('a comparison tells what differs, and leads to wallets and operations', async ({ client, assert }) => {
    const wallet = await walletRow(await givenCustomer('Olena'))
    const run = await ChainReconciliation.create({
      ...{ chainId: CONFIG.chainId, blockNumber: 117, wallets: 1, differences: 3, startedAt: JANUARY },
      finishedAt: JANUARY + 3000,
      lines: [
        { kind: 'wallet_balance', subject: wallet.address, ours: '49.900000', chain: '50.000000' },
        { kind: 'pool', subject: CONFIG.raffle, ours: '1234567.500000', chain: '-0.125000' },
        { kind: 'nonce', subject: wallet.address, ours: '1200', chain: '1201' },
      ],
    })
    const admin = await createAdmin()
    const list = await loginAs(client.get('/admin/chain/reconciliations').qs({ differs: 'yes' }), admin)
    assert.include(list.text(), '3 differences')

    const page = await loginAs(client.get(`/admin/chain/reconciliations/${run.id}`), admin)
    const cells = ['49.90', '1 234 567.50', '−0.125', '1 200', '1 201'].map((cell) => `>${cell}<`)
    for (const text of ['USDT of a wallet', `/admin/wallets/${wallet.address}`, ...cells]) {
      assert.include(seen(page.text()), text)
    }
    assert.notInclude(page.text(), `/admin/wallets/${CONFIG.raffle}`)
  })
})
