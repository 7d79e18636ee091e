import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Memory } from '#stats/memory'
import { bindChain } from '#tests/support/chain/bind_chain'
import { givenCustomer } from '#tests/support/payments/given'
import {
  entryRow,
  givenChain,
  operationRow,
  raffleRow,
  usdt,
  walletRow,
  withdrawalRow,
} from '#tests/support/chain/panel_rows'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, loginAs } from '#tests/support/staff'
import { TestClock } from '#tests/support/test_clock'

test.group('The raffle on the dashboard and on the customer’s page', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    const memory = new Memory(new TestClock())
    app.container.swap(Memory, () => memory)
    const unbind = givenChain()
    return () => {
      unbind()
      app.container.restore(Memory)
    }
  })

  test('the dashboard tells the pool, entries and prizes of the range, and what waits for a person', async ({
    client,
    assert,
  }) => {
    const now = Date.now()
    const wallet = await walletRow(await givenCustomer('Olena'))
    await raffleRow(56, { prize: usdt(40), finishedAt: now - 1000 })
    const open = await raffleRow(57, { status: 'open', pool: usdt(20.5), participants: 2 })
    await entryRow(wallet, { status: 'confirmed', raffleId: open.id, confirmedAt: now - 1000 })
    await operationRow(wallet, { status: 'needs_attention', reason: 'keeps_failing' })
    await withdrawalRow(wallet, { status: 'awaiting_approval' })

    const page = await loginAs(client.get('/admin'), await createAdmin())
    for (const text of ['20.50 USDT', 'round 57, 2 entries', '40.00 USDT', '1 round drawn', 'withdrawals of USDT']) {
      assert.include(page.text(), text)
    }
    assert.include(page.text(), '/admin/chain/operations?status=needs_attention')
  })

  test('given no chain and no round, when the dashboard is opened, then it is silent about the raffle', async ({
    client,
    assert,
  }) => {
    bindChain(null)
    const page = await loginAs(client.get('/admin'), await createAdmin())
    assert.notInclude(page.text(), 'Raffle entries')
  })

  test('the page of a customer has their wallet, entries and winnings', async ({ client, assert }) => {
    const olena = await givenCustomer('Olena')
    const wallet = await walletRow(olena)
    const won = await raffleRow(56, { prize: usdt(40), winnerCustomerId: olena.id, finishedAt: Date.now() })
    await entryRow(wallet, { status: 'confirmed', raffleId: won.id })

    const page = await loginAs(client.get(`/admin/customers/${olena.id}`), await createAdmin({ role: 'support' }))
    for (const text of [`/admin/wallets/${wallet.address}`, 'Round 56', '40.00', `/admin/raffles/${won.reference}`]) {
      assert.include(page.text(), text)
    }
  })
})
