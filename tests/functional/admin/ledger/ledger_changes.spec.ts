import { test } from '@japa/runner'
import { system, wallet } from '#ledger/accounts'
import LedgerTransfer from '#ledger/models/ledger_transfer'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { balanceOf, fund, ton } from '#tests/support/ledger'
import { createAdmin, loginAs } from '#tests/support/staff'

const TON = 1_000_000_000n

test.group('Changes of the ledger by an admin', (group) => {
  group.each.setup(() => resetDatabase())

  const olena = () =>
    CustomerFactory.merge({
      firstName: 'Olena',
      lastName: 'Kravets',
      searchName: 'olena kravets',
      username: 'olena_k',
      searchUsername: 'olena_k',
    }).create()

  test('an admin reverses a transfer after seeing what moves', async ({ client, assert }) => {
    const admin = await createAdmin({ role: 'finance' })
    const customer = await olena()
    const { id } = await fund(customer.id, ton(5n * TON))
    const path = `/admin/ledger/transfers/${id}`
    const preview = await loginAs(client.get(`${path}/reversal/create`), admin)
    preview.assertTextIncludes('Wallet of Olena Kravets')
    preview.assertTextIncludes('is told by the bot')
    const response = await loginAs(client.post(`${path}/reversal`).redirects(0).form({ reason: 'Wrong' }), admin)
    response.assertHeader('location', path)
    response.assertFlashMessage('success', 'The transfer was reversed.')
    assert.equal(await balanceOf(wallet(customer.id, 'TON')), 0n)
    const page = await loginAs(client.get(path), admin)
    page.assertTextIncludes('This transfer was corrected by')
    assert.notInclude(page.text(), '/reversal/create')
    const again = await loginAs(client.get(`${path}/reversal/create`).redirects(0), admin)
    again.assertFlashMessage('error', 'This transfer was reversed already.')
  })

  test('an admin adjusts a balance; what is wrong with the form is told at its field', async ({ client, assert }) => {
    const admin = await createAdmin({ role: 'finance' })
    const customer = await olena()
    const form = await loginAs(client.get(`/admin/ledger/adjustments/create?customer=${customer.id}`), admin)
    form.assertTextIncludes('Adjust the balance of Olena Kravets')
    const reference = /name="reference" value="([^"]+)"/.exec(form.text())![1]
    const input = {
      reference,
      customer: '@olena_k',
      direction: 'add',
      account: 'wallet',
      currency: 'TON',
      amount: '12,50',
      reason: 'Lost',
    }
    const post = (changes: Partial<typeof input> = {}) =>
      loginAs(
        client
          .post('/admin/ledger/adjustments')
          .redirects(0)
          .form({ ...input, ...changes }),
        admin
      )
    const wrong: Array<[Partial<typeof input>, string, string]> = [
      [{ amount: '1 000,50,1' }, 'amount', 'separator'],
      [{ amount: '1,000' }, 'amount', 'separator'],
      [{ amount: '-5' }, 'amount', 'Write a number'],
      [{ amount: '0' }, 'amount', 'above zero'],
      [{ amount: '0.0000000001' }, 'amount', 'decimals'],
      [{ amount: '99999999999' }, 'amount', ''],
      [{ customer: '@nobody' }, 'customer', 'no such customer'],
      [{ account: 'granted' }, 'account', 'Granted points are PRED'],
      [{ direction: 'take' }, 'amount', 'holds 0.00'],
    ]
    for (const [changes, field, words] of wrong) {
      const response = await post(changes)
      const bag = response.flashMessage('inputErrorsBag') as Record<string, string[]>
      assert.include(bag[field]?.[0] ?? `nothing at ${field}`, words, JSON.stringify(changes))
    }
    assert.lengthOf(await LedgerTransfer.all(), 0)
    for (const changes of [{ reason: ' ' }, { direction: 'steal' }, { reference: 'x' }, { currency: 'EUR' }]) {
      const response = await post(changes)
      assert.exists(response.flashMessage('inputErrorsBag'))
    }

    const done = await post()
    done.assertFlashMessage('success', 'The balance was adjusted.')
    done.assertHeader('location', `/admin/customers/${customer.id}`)
    await post()
    assert.equal(await balanceOf(wallet(customer.id, 'TON')), 12_500_000_000n)
    assert.equal(await balanceOf(system('adjustments', 'TON')), -12_500_000_000n)
  })

  test('a large adjustment waits for another admin, who sees what it does', async ({ client, assert }) => {
    const [admin, other] = [await createAdmin({ role: 'finance' }), await createAdmin()]
    const customer = await olena()
    const input = {
      reference: 'ABCDEFGH12',
      customer: '@olena_k',
      direction: 'add',
      account: 'wallet',
      currency: 'TON',
    }
    const response = await loginAs(
      client
        .post('/admin/ledger/adjustments')
        .redirects(0)
        .form({ ...input, amount: '101', reason: 'Prize' }),
      admin
    )
    response.assertFlashMessage('info', 'A second admin has to agree before the balance is adjusted.')
    assert.equal(await balanceOf(wallet(customer.id, 'TON')), 0n)

    const page = await loginAs(client.get('/admin/approvals/1'), other)
    for (const text of ['+101.00', 'Olena Kravets', 'Prize']) page.assertTextIncludes(text)
    await loginAs(client.post('/admin/approvals/1/approval').redirects(0), other)
    assert.equal(await balanceOf(wallet(customer.id, 'TON')), 101n * TON)
  })
})
