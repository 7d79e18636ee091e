import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { CheckInvoice } from '#payments/actions/check_invoice'
import Refund from '#payments/models/refund'
import { balanceOf, createInvoice, givenCustomer, givenPayments, valueOf } from '#tests/support/payments/given'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, loginAs } from '#tests/support/staff'

test.group('Refunds in the panel', (group) => {
  let given: ReturnType<typeof givenPayments>

  group.each.setup(async () => {
    await resetDatabase()
    given = givenPayments()
    return () => given.restore()
  })

  async function givenPaid() {
    const customer = await givenCustomer('Olena')
    const invoice = valueOf(await createInvoice(customer.id))
    given.provider.pay(invoice.providerInvoiceId!)
    const check = await app.container.make(CheckInvoice)
    return { customer, invoice: valueOf(await check.handle({ invoiceId: invoice.id })) }
  }

  test('the page shows what each way does to the ledger, and why one is not possible', async ({ client, assert }) => {
    const { invoice, customer } = await givenPaid()
    const response = await loginAs(
      client.get(`/admin/payments/${invoice.reference}/refunds/create`),
      await createAdmin()
    )

    for (const text of ['Through the provider', 'Wallet of Olena', '\u221210.00', 'Crypto Pay, in flight']) {
      assert.include(response.text(), text)
    }
    assert.match(response.text(), /value="balance" required disabled/)
    assert.lengthOf(await Refund.all(), 0)
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
  })

  test('a refund through the provider leaves the wallet, is sent once, and is audited', async ({ client, assert }) => {
    const { invoice, customer } = await givenPaid()
    const admin = await createAdmin({ role: 'finance' })
    const form = { way: 'provider', reason: 'Paid twice by mistake' }
    const post = () =>
      loginAs(client.post(`/admin/payments/${invoice.reference}/refunds`).form(form).redirects(0), admin)
    const response = await post()

    response.assertHeader('location', `/admin/payments/${invoice.reference}`)
    assert.lengthOf(given.provider.sentRefunds, 1)
    assert.equal(String(await balanceOf(customer.id)), '0.000000000 TON')
    const entry = await db.from('audit_entries').where('action', 'invoice.refunded').firstOrFail()
    assert.equal(entry.actor_id, admin.id)
    const page = await loginAs(client.get(`/admin/payments/${invoice.reference}`), admin)
    for (const text of ['sent back', 'Paid twice by mistake', 'Refunded', 'went back'])
      assert.include(page.text(), text)

    await post()
    assert.lengthOf(given.provider.sentRefunds, 1)
  })

  test('what the provider left open is settled by a person', async ({ client, assert }) => {
    const { invoice } = await givenPaid()
    given.provider.refundOutcome = { status: 'unknown', detail: 'no answer' }
    const admin = await createAdmin()
    const path = `/admin/payments/${invoice.reference}`
    await loginAs(client.post(`${path}/refunds`).form({ way: 'provider', reason: 'Wrong asset' }).redirects(0), admin)

    const refund = await Refund.firstOrFail()
    assert.equal(refund.status, 'unknown')
    const page = await loginAs(client.get(path), admin)
    assert.include(page.text(), 'outcome unknown')
    const form = { outcome: 'sent', reason: 'It stands in their statement' }
    const response = await loginAs(client.post(`${path}/refunds/${refund.id}/outcome`).form(form).redirects(0), admin)
    response.assertFlashMessage('success', 'The refund counts as sent.')
    await refund.refresh()
    assert.equal(refund.status, 'done')
  })

  test('a refund needs a way and a reason', async ({ client, assert }) => {
    const { invoice } = await givenPaid()
    const request = client.post(`/admin/payments/${invoice.reference}/refunds`).form({ reason: '' }).redirects(0)
    const response = await loginAs(request, await createAdmin())
    assert.properties(response.flashMessage('inputErrorsBag'), ['way', 'reason'])
    assert.lengthOf(given.provider.sentRefunds, 0)
  })

  test('support may look and not refund', async ({ client, assert }) => {
    const { invoice } = await givenPaid()
    const admin = await createAdmin({ role: 'support' })
    const page = await loginAs(client.get(`/admin/payments/${invoice.reference}`), admin)
    assert.notInclude(page.text(), '/refunds/create')
    const form = { way: 'provider', reason: 'x' }
    const response = await loginAs(client.post(`/admin/payments/${invoice.reference}/refunds`).form(form), admin)
    response.assertStatus(403)
  })
})
