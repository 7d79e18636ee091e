import { test } from '@japa/runner'
import { givenCustomer } from '#tests/support/payments/given'
import { address, givenChain, raffleRow, usdt } from '#tests/support/chain/panel_rows'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, loginAs } from '#tests/support/staff'

test.group('Raffles in the panel', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    return givenChain()
  })

  test('rounds are listed with pool, prize and winner, and the winner links to the customer', async ({
    client,
    assert,
  }) => {
    const olena = await givenCustomer('Olena')
    const [ours, theirs] = [address(), address()]
    await raffleRow(1, { prize: usdt(30), winnerKey: ours, winnerCustomerId: olena.id })
    await raffleRow(2, { prize: usdt(40), winnerKey: theirs })
    await raffleRow(3, { status: 'open', pool: usdt(20.5), participants: 2 })

    const page = await loginAs(client.get('/admin/raffles'), await createAdmin({ role: 'read-only' }))
    for (const text of ['Round 1', 'Round 2', 'Round 3', '20.50', '40.00', '>Olena<', theirs]) {
      assert.include(page.text(), text)
    }
    assert.include(page.text(), `/admin/customers/${olena.id}`)
    assert.include(page.text(), `https://explorer.test/address/${theirs}`)
  })

  test('the list is searched by round, reference and address, filtered, and exported', async ({ client, assert }) => {
    const winnerKey = address()
    const first = await raffleRow(1, { prize: usdt(30), winnerKey })
    const second = await raffleRow(2, { status: 'open' })
    const admin = await createAdmin()

    for (const q of ['1', `#${first.reference.toLowerCase()}`, winnerKey.toUpperCase().replace('0X', '0x')]) {
      const found = await loginAs(client.get('/admin/raffles').qs({ q }), admin)
      assert.include(found.text(), first.reference, q)
      assert.notInclude(found.text(), second.reference, q)
    }
    const open = await loginAs(client.get('/admin/raffles').qs({ status: 'open', format: 'csv' }), admin)
    const lines = open.text().trim().split('\n')
    assert.lengthOf(lines, 2)
    assert.include(lines[1], `${second.reference},2,open,3,10.000000,30.000000,`)
  })

  test('given a chain that is not configured, when the page is opened, then it says how to turn it on', async ({
    client,
    assert,
  }) => {
    givenChain()()
    const page = await loginAs(client.get('/admin/raffles'), await createAdmin())
    assert.include(page.text(), 'The chain is off.')
    assert.include(page.text(), 'CHAIN_RPC_URLS')
  })
})
