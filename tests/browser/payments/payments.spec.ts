import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { CheckInvoice } from '#payments/actions/check_invoice'
import PaymentBreak from '#payments/models/payment_break'
import { createInvoice, givenCustomer, givenPayments, money, valueOf } from '#tests/support/payments/given'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { assertAccessible, logIn, screenshot, visit } from '#tests/browser/support/index'

test.group('Payments', (group) => {
  let given: ReturnType<typeof givenPayments>

  group.each.setup(async () => {
    await resetDatabase()
    given = givenPayments()
    return () => given.restore()
  })

  const givenInvoice = async (name: string) => {
    const { id } = await givenCustomer(name)
    return valueOf(await createInvoice(id))
  }

  test('an admin finds an invoice, asks the provider and sees the money in the ledger', async ({ browserContext }) => {
    const invoice = await givenInvoice('Olena')
    await givenInvoice('Petro')
    given.provider.pay(invoice.providerInvoiceId!)
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, '/admin/payments')
    await page.getByRole('searchbox').fill('olena')
    await page.getByRole('searchbox').press('Enter')
    await page.getByRole('link', { name: invoice.reference }).click()
    await page.getByRole('button', { name: 'Check now' }).click()
    await page.getByText('The provider was asked just now: the invoice is paid.').waitFor()
    await page.getByRole('cell', { name: 'Wallet of Olena' }).waitFor()
    await page.getByText('Paid: 10.00').waitFor()
  })

  test('an admin cancels an invoice after reading what that does', async ({ assert, browserContext }) => {
    const invoice = await givenInvoice('Olena')
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, `/admin/payments/${invoice.reference}`)
    await page.getByRole('button', { name: 'Cancel', exact: true }).first().click()
    await page.getByText('it is never lost').waitFor()
    await page.getByRole('button', { name: 'Cancel the invoice' }).click()
    await page.getByText('The invoice is cancelled.').waitFor()
    await invoice.refresh()
    assert.equal(invoice.status, 'cancelled')
  })

  test('every page is accessible', async ({ browserContext }) => {
    const paid = await givenInvoice('Olena')
    const short = await givenInvoice('Petro')
    await givenInvoice('Anna')
    given.provider.pay(paid.providerInvoiceId!)
    given.provider.pay(short.providerInvoiceId!, money('4'), 'short')
    const check = await app.container.make(CheckInvoice)
    for (const { id } of [paid, short]) await check.handle({ invoiceId: id })
    const item = await PaymentBreak.findByOrFail('invoiceId', short.id)
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    const paths = {
      payments: '/admin/payments',
      'payment-paid': `/admin/payments/${paid.reference}`,
      'payment-short': `/admin/payments/${short.reference}`,
      reconciliation: '/admin/reconciliation',
      break: `/admin/reconciliation/${item.id}`,
    }
    for (const [name, path] of Object.entries(paths)) {
      await visit(page, path)
      await screenshot(page, name)
      await assertAccessible(page)
    }
  })
})
