import { test } from '@japa/runner'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { system, wallet } from '#ledger/accounts'
import LedgerProof from '#ledger/models/ledger_proof'
import type Customer from '#customers/models/customer'
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
import { createAdmin } from '#tests/support/staff'
import { assertAccessible, logIn, screenshot, visit } from '#tests/browser/support/index'

const TON = 1_000_000_000n

/** A little of everything: top-ups, a purchase with a fee, points, a hold, a refund. */
async function someBusiness(customer: Customer) {
  const names = [['Taras', 'Melnyk'], ['Anna', 'Smith'], ['Ігор', 'Бондаренко']] // prettier-ignore
  for (const [firstName, lastName] of names) {
    const other = await CustomerFactory.merge({ firstName, lastName }).create()
    await fund(other.id, ton(20n * TON), 'clearing:crypto_pay')
    await grant(other.id, pred(1_000_000))
  }
  await grant(customer.id, pred(1_000_000))
  await fund(customer.id, ton(120n * TON + 500_000_000n), 'clearing:heleket')
  const purchase = accepted(
    await transfer({
      kind: 'purchase',
      reference: { type: 'star_order', id: 1 },
      postings: [
        { from: wallet(customer.id, 'TON'), to: revenue('TON'), amount: ton(95n * TON) },
        { from: wallet(customer.id, 'TON'), to: system('fees', 'TON'), amount: ton(5n * TON) },
      ],
    })
  )
  const back = { from: revenue('TON'), to: wallet(customer.id, 'TON'), amount: ton(10n * TON) }
  accepted(await transfer({ kind: 'refund', corrects: purchase.id, postings: [back] }))
  const ledger = await ledgerOf()
  const input = { key: freshKey(), customerId: customer.id, amount: ton(2n * TON), kind: 'withdrawal' } as const
  const hold = await transaction(async (trx) =>
    accepted(await ledger.reserve(trx, { ...input, actor: SYSTEM_ACTOR, expiresAt: null }))
  )
  return { purchase, hold }
}

test.group('Ledger', (group) => {
  let customer: Customer

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    customer = await CustomerFactory.merge({ firstName: 'Olena', lastName: 'Kravets', username: 'olena_k' }).create()
  })
  group.each.timeout(240_000)

  test('an admin adjusts a balance from the customer’s page and follows the money to its entries', async ({
    assert,
    browserContext,
  }) => {
    await fund(customer.id, ton(10n * TON))
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, `/admin/customers/${customer.id}`)
    await page.getByRole('link', { name: 'Adjust balance' }).click()
    await page.getByLabel('What to do').selectOption('take')
    await page.getByLabel('Amount').fill('2,5')
    await page.getByLabel('Reason').fill('Paid twice')
    await page.getByRole('button', { name: 'Adjust' }).click()
    await page.getByText('The balance was adjusted.').waitFor()
    assert.equal(await balanceOf(wallet(customer.id, 'TON')), 7_500_000_000n)

    await page.getByRole('link', { name: /^TON/ }).click()
    await page.getByRole('link', { name: 'Wallet of Olena Kravets' }).click()
    await page.getByRole('link', { name: 'Adjustment' }).click()
    await page.getByText('Paid twice').waitFor()
    await page.getByRole('link', { name: 'Reverse' }).click()
    await page.getByLabel('Reason').fill('It was not')
    await page.getByRole('button', { name: 'Reverse' }).click()
    await page.getByText('The transfer was reversed.').waitFor()
    assert.equal(await balanceOf(wallet(customer.id, 'TON')), 10_000_000_000n)
  })

  test('every page is accessible', async ({ browserContext }) => {
    const { purchase, hold } = await someBusiness(customer)
    const proof = { transfers: 12, entries: 25, accounts: 14, startedAt: Date.now(), finishedAt: Date.now() }
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    await LedgerProof.create({ ...proof, outcome: 'clean', offences: 0, details: [] })
    const paths = {
      ledger: '/admin/ledger',
      'ledger-accounts': '/admin/ledger/accounts',
      'ledger-account': '/admin/ledger/accounts/1?at=2100-01-01T00:00',
      'ledger-entries': '/admin/ledger/entries?currency=TON&kind=wallet',
      'ledger-transfers': '/admin/ledger/transfers',
      'ledger-transfer': `/admin/ledger/transfers/${purchase.id}`,
      'ledger-hold': `/admin/ledger/transfers/${hold.transferId}`,
      'ledger-reversal': '/admin/ledger/transfers/1/reversal/create',
      'ledger-adjustment': `/admin/ledger/adjustments/create?customer=${customer.id}`,
      'ledger-adjustment-of-anybody': '/admin/ledger/adjustments/create',
      'ledger-customer': `/admin/customers/${customer.id}?at=2100-01-01T00:00`,
    }
    for (const [name, path] of Object.entries(paths)) {
      await visit(page, path)
      await screenshot(page, name)
      await assertAccessible(page)
    }
    const details = [{ check: 'account', subject: 'account 7', fault: 'stores 12 where its entries sum to 5' } as const]
    await LedgerProof.create({ ...proof, outcome: 'broken', offences: 1, details })
    await visit(page, '/admin/ledger')
    await screenshot(page, 'ledger-broken')
    await assertAccessible(page)
  })
})
