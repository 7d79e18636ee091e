import { test } from '@japa/runner'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { held, system, wallet } from '#ledger/accounts'
import LedgerAccount from '#ledger/models/ledger_account'
import LedgerTransfer from '#ledger/models/ledger_transfer'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import {
  accepted,
  balanceOf,
  freshKey,
  fund,
  grant,
  ledgerOf,
  pred,
  revenue,
  ton,
  transfer,
} from '#tests/support/ledger'
import { createAdmin, loginAs } from '#tests/support/staff'

const TON = 1_000_000_000n

test.group('Ledger in the panel', (group) => {
  group.each.setup(() => resetDatabase())

  const olena = () =>
    CustomerFactory.merge({
      firstName: 'Olena',
      lastName: 'Kravets',
      searchName: 'olena kravets',
      username: 'olena_k',
      searchUsername: 'olena_k',
    }).create()

  test('the overview names what customers and the house have, and each number opens its entries', async ({
    client,
    assert,
  }) => {
    const admin = await createAdmin({ role: 'read-only' })
    const empty = await loginAs(client.get('/admin/ledger'), admin)
    empty.assertTextIncludes('No money has moved yet')
    const customer = await olena()
    await fund(customer.id, ton(5n * TON))
    await grant(customer.id, pred(1_000_000))

    const page = await loginAs(client.get('/admin/ledger'), admin)
    for (const text of ['Wallets', '5.00', 'in flight', '\u22125.00', 'Issuance', '10\u00A0000.00']) {
      page.assertTextIncludes(text)
    }
    page.assertTextIncludes('balanced')
    assert.notInclude(page.text(), 'not balanced')
    assert.notInclude(page.text(), '/admin/ledger/adjustments/create')
    const entries = await loginAs(client.get('/admin/ledger/entries?currency=TON&kind=wallet'), admin)
    for (const text of ['These entries sum to', 'Wallet of Olena Kravets', '+5.00']) entries.assertTextIncludes(text)
    assert.notInclude(entries.text(), 'in flight')
  })

  test('accounts are found by customer, by name, kind and currency', async ({ client, assert }) => {
    const admin = await createAdmin()
    const customer = await olena()
    await fund(customer.id, ton(1))
    await grant(customer.id, pred(1))
    const shown = async (query: string) => {
      const page = await loginAs(client.get(`/admin/ledger/accounts?${query}`), admin)
      page.assertStatus(200)
      return (page.text().match(/href="\/admin\/ledger\/accounts\/\d+"/g) ?? []).length
    }
    assert.equal(await shown(''), 4)
    assert.equal(await shown('q=olena'), 2)
    assert.equal(await shown(`q=${customer.telegramId}`), 2)
    assert.equal(await shown('q=Issuance'), 1)
    assert.equal(await shown('kind=wallet'), 1)
    assert.equal(await shown('kind=system&currency=PRED'), 1)
    assert.equal(await shown(`customer=${customer.id}`), 2)
    assert.equal(await shown('kind=nonsense&currency=EUR&page=-1&sort=%27'), 4)
  })

  test('an account tells its entries and what it held at any moment', async ({ client, assert }) => {
    const admin = await createAdmin()
    const customer = await olena()
    await fund(customer.id, ton(5n * TON))
    const account = await LedgerAccount.findByOrFail('code', wallet(customer.id, 'TON').code)
    const path = `/admin/ledger/accounts/${account.id}`
    const page = await loginAs(client.get(path), admin)
    for (const text of ['Wallet of Olena Kravets', 'Top-up', '+5.00']) page.assertTextIncludes(text)
    const past = await loginAs(client.get(`${path}?at=2020-01-01T00:00`), admin)
    past.assertTextIncludes('Balance on 1 Jan 2020, 00:00')
    const rubbish = await loginAs(client.get(`${path}?at=rubbish`), admin)
    assert.notInclude(rubbish.text(), 'Balance on')
    const csv = await loginAs(client.get(`${path}?format=csv`), admin)
    assert.include(csv.text(), `TON:wallet:${customer.id},5.000000000,5.000000000,TON`)
  })

  test('the journal is filtered by kind, currency, account, admin and day, and comes as CSV', async ({
    client,
    assert,
  }) => {
    const admin = await createAdmin({ fullName: 'Zoe' })
    const customer = await olena()
    await fund(customer.id, ton(100))
    await grant(customer.id, pred(1))
    const actor = { type: 'admin', id: admin.id, name: 'Zoe' } as const
    const posting = { from: wallet(customer.id, 'TON'), to: revenue('TON'), amount: ton(7) }
    accepted(await transfer({ kind: 'adjustment', actor, postings: [posting] }))
    const ids = async (query: string) => {
      const page = await loginAs(client.get(`/admin/ledger/transfers?${query}`), admin)
      page.assertStatus(200)
      return [...page.text().matchAll(/href="\/admin\/ledger\/transfers\/(\d+)"/g)].map(([, id]) => Number(id))
    }
    const account = await LedgerAccount.findByOrFail('code', wallet(customer.id, 'TON').code)
    assert.deepEqual(await ids(''), [3, 2, 1])
    assert.deepEqual(await ids('kind=grant'), [2])
    assert.deepEqual(await ids('currency=TON'), [3, 1])
    assert.deepEqual(await ids(`account=${account.id}`), [3, 1])
    assert.deepEqual(await ids(`actor=${admin.id}`), [3])
    assert.deepEqual(await ids('to=2020-01-01'), [])
    assert.deepEqual(await ids('q=2'), [2])
    const csv = await loginAs(client.get('/admin/ledger/transfers?format=csv&kind=adjustment'), admin)
    assert.include(csv.text(), `TON:wallet:${customer.id} -0.000000007; TON:system:revenue 0.000000007`)
  })

  test('a transfer tells its entries, cause, correction and hold', async ({ client, assert }) => {
    const admin = await createAdmin()
    const customer = await olena()
    await fund(customer.id, ton(10n * TON))
    const ledger = await ledgerOf()
    const hold = await transaction(async (trx) =>
      accepted(
        await ledger.reserve(trx, {
          ...{ key: freshKey(), customerId: customer.id, amount: ton(TON), kind: 'purchase', actor: SYSTEM_ACTOR },
          expiresAt: null,
        })
      )
    )
    const page = await loginAs(client.get(`/admin/ledger/transfers/${hold.transferId}`), admin)
    for (const text of ['Held for Olena Kravets', '\u22121.00', 'Hold', 'open', 'Expires', 'never']) {
      page.assertTextIncludes(text)
    }
    assert.notInclude(page.text(), '/reversal/create')
    assert.equal(await balanceOf(held(customer.id, 'TON')), TON)
    const missing = await loginAs(client.get('/admin/ledger/transfers/999'), admin)
    missing.assertStatus(404)
  })

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

  test('the page of a customer has balances, their past and what moved them', async ({ client, assert }) => {
    const admin = await createAdmin({ role: 'support' })
    const customer = await olena()
    await fund(customer.id, ton(12n * TON + TON / 2n))
    await grant(customer.id, pred(1_000_000))
    const page = await loginAs(client.get(`/admin/customers/${customer.id}`), admin)
    for (const text of ['12.50', '10\u00A0000.00 of it granted', 'Top-up: +12.50', 'Balance at a moment']) {
      page.assertTextIncludes(text)
    }
    assert.notInclude(page.text(), 'Adjust balance')
    const past = await loginAs(client.get(`/admin/customers/${customer.id}?at=2020-01-01T00:00`), admin)
    past.assertTextIncludes('This customer had nothing then.')
    const later = await loginAs(client.get(`/admin/customers/${customer.id}?at=2100-01-01T00:00`), admin)
    later.assertTextIncludes('Granted points')
  })
})
