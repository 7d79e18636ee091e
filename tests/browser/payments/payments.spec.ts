import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { CheckInvoice } from '#payments/actions/check_invoice'
import Invoice from '#payments/models/invoice'
import PaymentBreak from '#payments/models/payment_break'
import WebhookEvent from '#payments/models/webhook_event'
import { wrapBody } from '#payments/webhooks/webhook_body'
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

  /** Petro pays 4 of 10 TON, and the rest will not come. */
  const givenBreak = async () => {
    const invoice = await givenInvoice('Petro')
    given.provider.pay(invoice.providerInvoiceId!, money('4'), 'short')
    const check = await app.container.make(CheckInvoice)
    await check.handle({ invoiceId: invoice.id })
    return PaymentBreak.findByOrFail('invoiceId', invoice.id)
  }

  const givenWebhook = async () => {
    const keys = await app.container.make(KeyWrapper)
    const now = given.clock.now()
    const body = wrapBody(keys, Buffer.from('{"update_id":1,"update_type":"invoice_paid","payload":{"amount":"10"}}'))
    return WebhookEvent.create({
      ...{ provider: 'crypto_pay', eventKey: 'invoice_paid:1', body, deliveries: 2, attempts: 1, effect: 'nothing' },
      ...{ receivedAt: now, lastReceivedAt: now, processedAt: now },
    })
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

  test('a break is settled without JavaScript, on a phone', async ({ assert, browser }) => {
    const item = await givenBreak()
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 380, height: 800 } })
    await logIn(context, await createAdmin({ role: 'finance' }))
    const page = await context.newPage()

    await visit(page, '/admin/reconciliation')
    await page.getByRole('link', { name: 'Paid too little' }).click()
    const credit = page.locator('#credit_received')
    await credit.getByText('Wallet of Petro').waitFor()
    await credit.getByLabel('Reason').fill('Agreed in the chat')
    await credit.getByRole('button', { name: 'Credit what came' }).click()
    await page.getByText('What came was credited').waitFor()
    await item.refresh()
    assert.equal(item.status, 'settled')
    await context.close()
  })

  test('an admin refunds a payment after seeing what moves', async ({ assert, browserContext }) => {
    const invoice = await givenInvoice('Olena')
    given.provider.pay(invoice.providerInvoiceId!)
    const check = await app.container.make(CheckInvoice)
    await check.handle({ invoiceId: invoice.id })
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, `/admin/payments/${invoice.reference}`)
    await page.getByRole('link', { name: 'Refund' }).click()
    await page.getByText('Wallet of Olena').first().waitFor()
    await screenshot(page, 'refund')
    await assertAccessible(page)
    await page.getByLabel('Reason').fill('Paid twice')
    await page.getByRole('button', { name: 'Refund 10.00 TON' }).click()
    await page.getByText('The refund is under way.').waitFor()
    assert.lengthOf(given.provider.sentRefunds, 1)
  })

  test('an admin sets a rate by hand and drops it', async ({ browserContext }) => {
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, '/admin/payments/providers')
    await page.getByRole('link', { name: 'Set a rate by hand' }).click()
    await page.getByLabel('Rate', { exact: false }).first().fill('3.25')
    await page.getByLabel('Reason').fill('The providers are off')
    await page.getByRole('button', { name: 'Set the rate' }).click()
    await page.getByText('The rate holds from now on.').waitFor()
    await page.getByRole('button', { name: 'Drop it' }).first().click()
    await page.getByText('counts again at once').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Drop it' }).click()
    await page.getByText('rate counts again.', { exact: false }).first().waitFor()
  })

  test('every page is accessible', async ({ browserContext }) => {
    const paid = await givenInvoice('Olena')
    await givenInvoice('Anna')
    given.provider.pay(paid.providerInvoiceId!)
    const check = await app.container.make(CheckInvoice)
    await check.handle({ invoiceId: paid.id })
    const [item, event] = [await givenBreak(), await givenWebhook()]
    const short = await Invoice.findOrFail(item.invoiceId)
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    const paths = {
      payments: '/admin/payments',
      'payment-paid': `/admin/payments/${paid.reference}`,
      'payment-short': `/admin/payments/${short.reference}`,
      reconciliation: '/admin/reconciliation',
      break: `/admin/reconciliation/${item.id}`,
      webhooks: '/admin/payments/webhooks',
      webhook: `/admin/payments/webhooks/${event.id}`,
      providers: '/admin/payments/providers',
      rate: '/admin/payments/rates/create',
    }
    for (const [name, path] of Object.entries(paths)) {
      await visit(page, path)
      await screenshot(page, name)
      await assertAccessible(page)
    }
  })
})
