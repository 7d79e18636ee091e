import { test } from '@japa/runner'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { held, wallet } from '#ledger/accounts'
import LedgerAccount from '#ledger/models/ledger_account'
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
import { createInvoice, givenPayments, valueOf } from '#tests/support/payments/given'
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

  test('a transfer leads to the invoice or the order that caused it', async ({ client, assert, cleanup }) => {
    const admin = await createAdmin()
    const customer = await olena()
    const given = givenPayments()
    cleanup(() => given.restore())
    const { id: invoiceId, reference } = valueOf(await createInvoice(customer.id))
    const posting = { from: revenue('TON'), to: wallet(customer.id, 'TON'), amount: ton(1) }
    for (const cause of [
      { type: 'invoice', id: invoiceId },
      { type: 'star_order', id: 'ABCDEFGH12' },
    ])
      accepted(await transfer({ reference: cause, postings: [posting] }))
    const invoice = await loginAs(client.get('/admin/ledger/transfers/1'), admin)
    assert.include(invoice.text(), `<a href="/admin/payments/${reference}">Invoice ${reference}</a>`)
    const order = await loginAs(client.get('/admin/ledger/transfers/2'), admin)
    assert.include(order.text(), '/ABCDEFGH12">Star order ABCDEFGH12</a>')
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
