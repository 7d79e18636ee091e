import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { SandboxPay } from '#payments/providers/sandbox_pay'
import { balanceOf, createInvoice, givenCustomer, givenPayments, valueOf } from '#tests/support/payments/given'
import { postRaw } from '#tests/support/payments/webhooks'
import { resetDatabase } from '#tests/support/database'

test.group('Sandbox pay page', (group) => {
  group.each.setup(() => resetDatabase())

  async function given() {
    const keys = await app.container.make(KeyWrapper)
    return givenPayments(new SandboxPay('http://127.0.0.1/sandbox/pay', keys))
  }

  test('given an invoice, when it is paid on its page twice, then it is credited once', async ({
    assert,
    client,
    cleanup,
  }) => {
    const { restore } = await given()
    cleanup(restore)
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id, { provider: 'sandbox' }))
    const page = new URL(invoice.payUrl!).pathname
    const shown = await client.get(page)
    shown.assertStatus(200)
    shown.assertTextIncludes(invoice.reference)
    for (const sum of ['exact', 'more', 'exact']) {
      const { status } = await postRaw(`${page}/${sum}`, '')
      assert.equal(status, 302)
    }
    await invoice.refresh()
    assert.equal(invoice.status, 'paid')
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
  })

  test('where the sandbox is not configured there is no page', async ({ assert, client, cleanup }) => {
    const { restore } = await given()
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id, { provider: 'sandbox' }))
    restore()
    const world = givenPayments()
    cleanup(world.restore)
    const page = new URL(invoice.payUrl!).pathname
    const shown = await client.get(page)
    shown.assertStatus(404)
    const { status } = await postRaw(`${page}/exact`, '')
    assert.equal(status, 404)
  })
})
