import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Memory } from '#stats/memory'
import { CheckInvoice } from '#payments/actions/check_invoice'
import PaymentBreak from '#payments/models/payment_break'
import { balanceOf, createInvoice, givenCustomer, givenPayments, money, valueOf } from '#tests/support/payments/given'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, loginAs } from '#tests/support/staff'
import { DAY } from '#tests/support/test_clock'

test.group('Reconciliation in the panel', (group) => {
  let given: ReturnType<typeof givenPayments>

  group.each.setup(async () => {
    await resetDatabase()
    given = givenPayments()
    const memory = await app.container.make(Memory)
    memory.forget()
    return () => given.restore()
  })

  /** Somebody pays 4 of 10 TON, and the rest will not come. */
  async function givenShortPayment(name = 'Olena') {
    const customer = await givenCustomer(name)
    const invoice = valueOf(await createInvoice(customer.id))
    given.provider.pay(invoice.providerInvoiceId!, money('4'), 'short')
    const check = await app.container.make(CheckInvoice)
    await check.handle({ invoiceId: invoice.id })
    return { invoice, customer, item: await PaymentBreak.findByOrFail('invoiceId', invoice.id) }
  }

  test('the inbox tells what does not fit, whose it is, how much and since when', async ({ client, assert }) => {
    const { invoice, item } = await givenShortPayment()
    given.clock.advance(2 * DAY)
    const response = await loginAs(client.get('/admin/reconciliation'), await createAdmin())

    for (const text of ['Paid too little', invoice.reference, 'Olena', '4.00', 'Credit what came', '2 d ago']) {
      assert.include(response.text(), text)
    }
    assert.include(response.text(), `/admin/reconciliation/${item.id}`)
    assert.match(response.text(), /Reconciliation<\/span>\s*<span class="panel-nav-count">1</)
  })

  test('what is settled has its own tab, and the inbox shows what is open', async ({ client, assert }) => {
    const { item } = await givenShortPayment()
    await item.merge({ status: 'dismissed', resolution: 'dismiss', reason: 'A test of ours', resolvedAt: 1 }).save()
    const admin = await createAdmin()

    const open = await loginAs(client.get('/admin/reconciliation'), admin)
    assert.include(open.text(), 'Everything fits')
    const dismissed = await loginAs(client.get('/admin/reconciliation').qs({ status: 'dismissed' }), admin)
    assert.include(dismissed.text(), 'A test of ours')
    const settled = await loginAs(client.get('/admin/reconciliation').qs({ status: 'settled' }), admin)
    assert.notInclude(settled.text(), 'A test of ours')
  })

  test('the page of a break shows where its money lies', async ({ client, assert }) => {
    const { item, invoice } = await givenShortPayment()
    const response = await loginAs(client.get(`/admin/reconciliation/${item.id}`), await createAdmin())

    for (const text of ['Suspense', 'parked in the suspense account', '10.00', invoice.reference]) {
      assert.include(response.text(), text)
    }
    const page = await loginAs(
      client.get(`/admin/payments/${invoice.reference}`),
      await createAdmin({ email: 'b@a.org' })
    )
    assert.include(page.text(), `/admin/reconciliation/${item.id}`)
  })

  test('the inbox is searched by invoice and customer, and exported', async ({ client, assert }) => {
    const [first, second] = [await givenShortPayment('Olena'), await givenShortPayment('Petro')]
    const admin = await createAdmin()
    for (const q of [first.invoice.reference, 'olena']) {
      const response = await loginAs(client.get('/admin/reconciliation').qs({ q }), admin)
      assert.include(response.text(), first.invoice.reference)
      assert.notInclude(response.text(), second.invoice.reference)
    }
    const csv = await loginAs(client.get('/admin/reconciliation').qs({ format: 'csv' }), admin)
    assert.lengthOf(csv.text().trim().split('\n'), 3)
    assert.include(csv.text(), 'underpaid,open,crypto_pay')
  })

  test('each way to settle shows what the ledger will do, and changes nothing until it is chosen', async ({
    client,
    assert,
  }) => {
    const { item, customer } = await givenShortPayment()
    const response = await loginAs(client.get(`/admin/reconciliation/${item.id}`), await createAdmin())

    const [credit, honour] = ['credit_received', 'honour'].map((id) => sectionOf(response.text(), id))
    assert.include(credit, 'suggested')
    for (const text of ['Suspense', '\u22124.00', 'Wallet of Olena', '+4.00', 'then 4.00']) assert.include(credit, text)
    assert.include(honour, '+10.00')
    assert.equal(String(await balanceOf(customer.id)), '0.000000000 TON')
    await item.refresh()
    assert.equal(item.status, 'open')
  })

  test('crediting what came is audited, told and out of the inbox', async ({ client, assert }) => {
    const { item, customer } = await givenShortPayment()
    const admin = await createAdmin({ role: 'finance' })
    const form = { resolution: 'credit_received', reason: 'Asked in the chat' }
    const response = await loginAs(
      client.post(`/admin/reconciliation/${item.id}/settlement`).form(form).redirects(0),
      admin
    )

    response.assertHeader('location', '/admin/reconciliation')
    assert.equal(String(await balanceOf(customer.id)), '4.000000000 TON')
    await item.refresh()
    assert.deepEqual([item.status, item.resolvedBy, item.reason], ['settled', admin.id, 'Asked in the chat'])
    const page = await loginAs(client.get(`/admin/reconciliation/${item.id}`), admin)
    for (const text of ['credited what came', admin.fullName]) assert.include(page.text(), text)
    assert.notInclude(page.text(), '/settlement"')

    const again = await loginAs(
      client.post(`/admin/reconciliation/${item.id}/settlement`).form(form).redirects(0),
      admin
    )
    assert.isString(again.flashMessage('error'))
    assert.equal(String(await balanceOf(customer.id)), '4.000000000 TON')
  })

  test('a settlement needs a reason and a known resolution')
    .with([
      { field: 'reason', form: { resolution: 'dismiss', reason: ' ' } },
      { field: 'resolution', form: { resolution: 'paid', reason: 'x' } },
      { field: 'customerId', form: { resolution: 'credit_received', reason: 'x', customerId: 'me' } },
    ])
    .run(async ({ client, assert }, { field, form }) => {
      const { item } = await givenShortPayment()
      const request = client.post(`/admin/reconciliation/${item.id}/settlement`).form(form).redirects(0)
      const response = await loginAs(request, await createAdmin())
      assert.property(response.flashMessage('inputErrorsBag'), field)
      await item.refresh()
      assert.equal(item.status, 'open')
    })

  test('whoever may only look sees the consequences and no button', async ({ client, assert }) => {
    const { item } = await givenShortPayment()
    const reader = await createAdmin({ role: 'read-only' })
    const page = await loginAs(client.get(`/admin/reconciliation/${item.id}`), reader)
    assert.include(page.text(), 'The ledger will move')
    assert.notInclude(page.text(), '/settlement"')
  })
})

/** The card of one resolution. */
function sectionOf(html: string, id: string) {
  const from = html.indexOf(`id="${id}"`)
  return html.slice(from, html.indexOf('</section>', from))
}
