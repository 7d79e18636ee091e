import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import type Invoice from '#payments/models/invoice'
import { wrapPayload } from '#payments/payload'
import { ProviderUnreachable } from '#payments/providers/provider_errors'
import { createInvoice, givenCustomer, givenPayments, money, valueOf } from '#tests/support/payments/given'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, loginAs } from '#tests/support/staff'

test.group('Payments in the panel', (group) => {
  let given: ReturnType<typeof givenPayments>

  group.each.setup(async () => {
    await resetDatabase()
    given = givenPayments()
    return () => given.restore()
  })

  const pathOf = ({ reference }: Invoice) => `/admin/payments/${reference}`
  const openInvoice = async (name?: string) => {
    const { id } = await givenCustomer(name)
    return valueOf(await createInvoice(id))
  }
  const paidInvoice = async (name?: string) => {
    const invoice = await openInvoice(name)
    given.provider.pay(invoice.providerInvoiceId!)
    return invoice
  }

  test('an admin who asks the provider sees the payment credited, with its transfer and its history', async ({
    client,
    assert,
  }) => {
    const invoice = await paidInvoice('Olena')
    const admin = await createAdmin({ role: 'support' })
    const response = await loginAs(client.post(`${pathOf(invoice)}/checks`).redirects(0), admin)

    response.assertHeader('location', pathOf(invoice))
    response.assertFlashMessage('success', 'The provider was asked just now: the invoice is paid.')
    const page = await loginAs(client.get(pathOf(invoice)), admin)
    for (const text of ['Invoice made for', 'Paid: ', 'Crypto Pay, in flight', 'Wallet of Olena', '10.00', 'Top-up']) {
      assert.include(page.text(), text)
    }
    await invoice.refresh()
    assert.include(page.text(), `#${invoice.transferId}`)
  })

  test('a cancelled invoice is closed here and at the provider, audited, and offers nothing more', async ({
    client,
    assert,
  }) => {
    const invoice = await openInvoice()
    const admin = await createAdmin()
    await loginAs(client.post(`${pathOf(invoice)}/cancellation`).redirects(0), admin)

    await invoice.refresh()
    assert.equal(invoice.status, 'cancelled')
    assert.deepEqual(given.provider.cancelled, [invoice.providerInvoiceId])
    const entry = await db.from('audit_entries').where('action', 'invoice.cancelled').firstOrFail()
    assert.equal(entry.actor_id, admin.id)

    const page = await loginAs(client.get(pathOf(invoice)), admin)
    assert.notInclude(page.text(), '/cancellation')
    const again = await loginAs(client.post(`${pathOf(invoice)}/cancellation`).redirects(0), admin)
    assert.isString(again.flashMessage('error'))
  })

  test('a provider that is down is told in words', async ({ client, assert }) => {
    const invoice = await openInvoice()
    const refused = new ProviderUnreachable('crypto_pay', 'no route')
    given.provider.fail('fetch', refused, refused, refused)
    const response = await loginAs(client.post(`${pathOf(invoice)}/checks`).redirects(0), await createAdmin())

    assert.include(response.flashMessage('error'), 'Crypto Pay')
  })

  test('the list is searched by reference, by the provider’s id and by customer', async ({ client, assert }) => {
    const [olena, petro] = [await givenCustomer('Olena'), await givenCustomer('Petro')]
    const [first, second] = [valueOf(await createInvoice(olena.id)), valueOf(await createInvoice(petro.id))]
    const admin = await createAdmin()

    for (const q of [
      first.reference,
      first.reference.toLowerCase(),
      first.providerInvoiceId!,
      'olen',
      olena.telegramId,
    ]) {
      const response = await loginAs(client.get('/admin/payments').qs({ q }), admin)
      assert.include(response.text(), `>${first.reference}<`, String(q))
      assert.notInclude(response.text(), `>${second.reference}<`, String(q))
    }
  })

  test('filters narrow the list and stay in the links of pages and CSV', async ({ client, assert }) => {
    const paid = await paidInvoice()
    const waiting = valueOf(await createInvoice(paid.customerId, { amount: money('25') }))
    const admin = await createAdmin()
    await loginAs(client.post(`${pathOf(paid)}/checks`), admin)

    const day = new Date(given.clock.now()).toISOString().slice(0, 10)
    const qs = { status: 'open', provider: 'crypto_pay', purpose: 'top_up', currency: 'TON', from: day, to: day }
    const page = await loginAs(client.get('/admin/payments').qs(qs), admin)
    assert.include(page.text(), `>${waiting.reference}<`)
    assert.notInclude(page.text(), `>${paid.reference}<`)
    assert.include(
      page.text(),
      `status=open&amp;provider=crypto_pay&amp;purpose=top_up&amp;currency=TON&amp;from=${day}`
    )

    const csv = await loginAs(client.get('/admin/payments').qs({ status: 'paid', format: 'csv' }), admin)
    const lines = csv.text().trim().split('\n')
    assert.lengthOf(lines, 2)
    assert.include(lines[1], `${paid.reference},`)
    assert.include(lines[1], ',10.000000000,TON,')
    const none = await loginAs(client.get('/admin/payments').qs({ from: '2020-01-01', to: '2020-01-02' }), admin)
    assert.include(none.text(), 'Nothing matches')
  })

  test('whoever may only look is offered no action, and whoever may not look gets nothing', async ({
    client,
    assert,
  }) => {
    const invoice = await openInvoice()
    const reader = await createAdmin({ role: 'read-only' })
    const page = await loginAs(client.get(pathOf(invoice)), reader)
    page.assertStatus(200)
    assert.notInclude(page.text(), '/checks')
    assert.notInclude(page.text(), '/cancellation')
    const response = await loginAs(client.post(`${pathOf(invoice)}/cancellation`).redirects(0), reader)
    response.assertStatus(403)
    await invoice.refresh()
    assert.isTrue(invoice.isOpen)
  })

  test('what a provider said is shown as text, never as markup', async ({ client, assert }) => {
    const invoice = await openInvoice('<b>Olena</b>')
    const keys = await app.container.make(KeyWrapper)
    await invoice.merge({ payload: wrapPayload(keys, { note: '<script>alert(1)</script>' }) }).save()
    const page = await loginAs(client.get(pathOf(invoice)), await createAdmin())
    assert.include(page.text(), '&lt;script&gt;alert(1)')
    assert.notInclude(page.text(), '<script>alert')
    assert.notInclude(page.text(), '<b>Olena')
  })

  test('an unknown reference is not found', async ({ client }) => {
    const response = await loginAs(client.get('/admin/payments/ZZZZZZZZZZ'), await createAdmin())
    response.assertStatus(404)
  })
})
