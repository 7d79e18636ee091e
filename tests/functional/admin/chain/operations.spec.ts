import { test } from '@japa/runner'
import ChainTxAttempt from '#chain/models/chain_tx_attempt'
import { givenCustomer } from '#tests/support/payments/given'
import {
  eventRow,
  givenChain,
  hash,
  JANUARY,
  operationRow,
  txRow,
  usdt,
  walletRow,
  withdrawalRow,
} from '#tests/support/chain/panel_rows'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, loginAs } from '#tests/support/staff'

test.group('Operations of the chain in the panel', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    return givenChain()
  })

  test('operations are listed with whose they are and why they stand, searched, filtered and exported', async ({
    client,
    assert,
  }) => {
    const [olena, petro] = [await givenCustomer('Olena'), await givenCustomer('Petro')]
    const stuck = await operationRow(await walletRow(olena), { status: 'needs_attention', reason: 'keeps_failing' })
    const over = await operationRow(await walletRow(petro), {
      status: 'failed',
      reason: 'reverted',
      finishedAt: JANUARY,
    })
    const tx = await txRow(await walletRow(null), { operationId: stuck.id, kind: 'gas_topup', step: 'topup' })
    const admin = await createAdmin()

    const all = await loginAs(client.get('/admin/chain/operations'), admin)
    for (const text of ['Olena', 'Petro', 'It keeps failing', 'The contract refused', 'needs a look']) {
      assert.include(all.text(), text)
    }
    for (const qs of [
      { q: 'olen' },
      { q: tx.hash },
      { q: stuck.reference },
      { status: 'open' },
      { customer: olena.id },
    ]) {
      const page = await loginAs(client.get('/admin/chain/operations').qs(qs), admin)
      assert.include(page.text(), `>${stuck.reference}<`, JSON.stringify(qs))
      assert.notInclude(page.text(), `>${over.reference}<`, JSON.stringify(qs))
    }
    const csv = await loginAs(client.get('/admin/chain/operations').qs({ status: 'failed', format: 'csv' }), admin)
    assert.include(csv.text(), `${over.reference},enter,failed,reverted,`)
    assert.notInclude(csv.text(), stuck.reference)
  })

  test('given withdrawals switched off, then one that waits for them says so on both of its pages', async ({
    client,
    assert,
  }) => {
    const wallet = await walletRow(await givenCustomer('Olena'))
    const held = { kind: 'withdraw', status: 'needs_attention', reason: 'withdrawals_off' } as const
    const operation = await operationRow(wallet, held)
    const withdrawal = await withdrawalRow(wallet, { status: 'sending', operationId: operation.id })
    const admin = await createAdmin()
    for (const path of [`chain/operations/${operation.reference}`, `withdrawals/${withdrawal.reference}`]) {
      const page = await loginAs(client.get(`/admin/${path}`), admin)
      for (const text of [
        'Withdrawals are switched off.',
        'then switch them on in the settings; it goes on by itself.',
      ])
        assert.include(page.text(), text, path)
      assert.notInclude(page.text(), '/retry')
    }
  })

  test('given a withdrawal whose payment was made elsewhere, then its page says so and what to do', async ({
    client,
  }) => {
    const wallet = await walletRow(await givenCustomer('Olena'))
    const stuck = { kind: 'withdraw', status: 'needs_attention', reason: 'paid_elsewhere' } as const
    const { reference } = await operationRow(wallet, stuck)
    const page = await loginAs(client.get(`/admin/chain/operations/${reference}`), await createAdmin())
    page.assertTextIncludes('The same payment was made elsewhere.')
    page.assertTextIncludes('It is not paid again')
  })

  test('an operation tells its steps, its transactions with every attempt, and what happened', async ({
    client,
    assert,
  }) => {
    const wallet = await walletRow(await givenCustomer('Olena'))
    const operation = await operationRow(wallet, { status: 'act' })
    const topup = { operationId: operation.id, kind: 'gas_topup', step: 'topup', toKey: wallet.addressKey } as const
    await txRow(await walletRow(null), {
      ...topup,
      status: 'confirmed',
      minedAt: JANUARY + 1000,
      settledAt: JANUARY + 2000,
    })
    const act = await txRow(wallet, { operationId: operation.id, createdAt: JANUARY + 3000 })
    await ChainTxAttempt.create({
      ...{ txId: act.id, hash: hash(), raw: '0xsigned', maxFee: '4500000000', maxPriorityFee: '1', broadcasts: 1 },
      createdAt: JANUARY + 4000,
    })

    const page = await loginAs(client.get(`/admin/chain/operations/${operation.reference}`), await createAdmin())
    for (const text of [
      ...['not needed', 'Gas for a wallet: confirmed', 'Raffle entry: signed again for more gas', 'at most 4.5 gwei'],
      ...['Olena', '10.00', `/admin/chain/transactions/${act.hash}`],
    ]) {
      assert.include(page.text(), text)
    }
    assert.notInclude(page.text(), '0xsigned')
  })

  test('given an operation that waits for gas, when it is opened, then it says what to do and that it goes on', async ({
    client,
    assert,
  }) => {
    const reason = { status: 'needs_attention', reason: 'treasury_empty' } as const
    const operation = await operationRow(await walletRow(await givenCustomer()), reason)
    const page = await loginAs(client.get(`/admin/chain/operations/${operation.reference}`), await createAdmin())

    assert.include(page.text(), 'Send the chain’s coin to the treasury; it goes on by itself.')
  })

  test('a transaction is found by the hash of an attempt that was replaced, and tells its fees', async ({
    client,
    assert,
  }) => {
    const wallet = await walletRow(await givenCustomer('Olena'))
    const mined = { status: 'confirmed', blockNumber: 120, gasUsed: 21_000, gasPrice: '2000000000' } as const
    const tx = await txRow(wallet, { ...mined, amount: usdt(10), minedAt: JANUARY, settledAt: JANUARY })
    const first = hash()
    await ChainTxAttempt.create({
      ...{ txId: tx.id, hash: first, raw: '0xsigned', maxFee: '1500000000', maxPriorityFee: '1', broadcasts: 2 },
      createdAt: JANUARY,
    })

    const page = await loginAs(client.get(`/admin/chain/transactions/${first}`), await createAdmin())
    for (const text of ['0.000042 ETH', '2 gwei each', '1.5 gwei', first, tx.hash, 'Raffle contract']) {
      assert.include(page.text(), text)
    }
    assert.include(page.text(), `https://explorer.test/tx/${tx.hash}`)
    assert.notInclude(page.text(), '0xsigned')
  })

  test('events are listed with both sides by name, filtered by wallet and by what could not be applied', async ({
    client,
    assert,
  }) => {
    const [olena, petro] = [
      await walletRow(await givenCustomer('Olena')),
      await walletRow(await givenCustomer('Petro')),
    ]
    const deposit = await eventRow('Transfer', { toKey: olena.addressKey, amount: usdt(25) })
    const other = await eventRow('Transfer', {
      toKey: petro.addressKey,
      amount: usdt(7),
      problem: 'Not enough in custody',
    })
    const admin = await createAdmin()

    const one = await loginAs(client.get('/admin/chain/events').qs({ wallet: olena.address }), admin)
    assert.include(one.text(), 'Olena')
    assert.include(one.text(), '25.00')
    assert.notInclude(one.text(), other.txHash)
    const problems = await loginAs(client.get('/admin/chain/events').qs({ status: 'problem' }), admin)
    assert.include(problems.text(), 'Not enough in custody')
    assert.notInclude(problems.text(), deposit.txHash)
  })

  /** Its room hears of each change of its status. */
  async function stuckWithdrawal() {
    const wallet = await walletRow(await givenCustomer())
    const withdrawal = await withdrawalRow(wallet, { status: 'sending' })
    const subject = { kind: 'withdraw', subjectType: 'chain_withdrawal', subjectId: withdrawal.id } as const
    const stuck = { status: 'needs_attention', reason: 'keeps_failing', toKey: withdrawal.toAddress } as const
    const operation = await operationRow(wallet, { ...subject, ...stuck })
    await withdrawal.merge({ operationId: operation.id }).save()
    return operation
  }

  test('an admin lets a stuck operation go on, which the audit log and its history tell', async ({
    client,
    assert,
  }) => {
    const operation = await stuckWithdrawal()
    const path = `/admin/chain/operations/${operation.reference}`
    const admin = await createAdmin({ role: 'finance' })
    const response = await loginAs(client.post(`${path}/retries`).redirects(0), admin)

    response.assertFlashMessage('success', 'It goes on within a moment.')
    await operation.refresh()
    assert.equal(operation.status, 'new')
    const page = await loginAs(client.get(path), admin)
    assert.include(page.text(), 'Retried an operation of the chain')
    const again = await loginAs(client.post(`${path}/retries`).redirects(0), admin)
    assert.isString(again.flashMessage('error'))
  })

  test('given an operation of which nothing is signed, when an admin gives it up with a note, then it has failed', async ({
    client,
    assert,
  }) => {
    const operation = await stuckWithdrawal()
    const path = `/admin/chain/operations/${operation.reference}`
    const admin = await createAdmin()
    await loginAs(client.post(`${path}/give-up`).redirects(0), admin).form({ note: ' ' })
    await operation.refresh()
    assert.equal(operation.status, 'needs_attention')

    const response = await loginAs(client.post(`${path}/give-up`).redirects(0), admin).form({ note: 'Asked to stop' })
    response.assertFlashMessage('success', 'The operation is given up.')
    const page = await loginAs(client.get(path), admin)
    assert.include(page.text(), 'Asked to stop')
    assert.notInclude(page.text(), `${path}/give-up`)
  })
})
