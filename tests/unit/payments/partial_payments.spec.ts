import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { refuse } from '#core/result'
import { AskProvider } from '#payments/actions/ask_provider'
import PaymentBreak from '#payments/models/payment_break'
import type { PurposeHandler } from '#payments/purposes'
import { resetDatabase } from '#tests/support/database'
import {
  balanceOf,
  createInvoice,
  givenCustomer,
  givenPayments,
  givenPurpose,
  money,
  systemBalance,
  valueOf,
} from '#tests/support/payments/given'

const ORDER = { purpose: 'test_order', subjectType: 'test_order', subjectId: 7 }

test.group('Payments that come in parts', (group) => {
  group.each.setup(() => resetDatabase())

  async function given(options = {}, handler: Partial<PurposeHandler> = {}) {
    await givenPurpose(handler)
    const world = givenPayments()
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id, options))
    const ask = await app.container.make(AskProvider)
    const come = (text: string, state: 'short' | 'paid') => {
      world.provider.pay(invoice.providerInvoiceId!, money(text), state)
      return ask.handle(invoice.id)
    }
    return { ...world, customer, invoice, come }
  }

  const openBreaks = async () => {
    const rows = await PaymentBreak.query().where('status', 'open').orderBy('id')
    return rows.map(({ kind, money: sum }) => `${kind} ${sum}`)
  }
  const suspense = async () => String(await systemBalance('suspense'))

  test('given too little twice, when the rest comes, then every part is in the books and nothing waits', async ({
    assert,
    cleanup,
  }) => {
    const { restore, customer, come } = await given()
    cleanup(restore)
    await come('3', 'short')
    assert.equal(await come('7', 'short'), 'break')
    assert.equal(await come('7', 'short'), 'nothing')
    assert.equal(await suspense(), '7.000000000 TON')
    assert.deepEqual(await openBreaks(), ['underpaid 3.000000000 TON', 'underpaid 4.000000000 TON'])

    assert.equal(await come('10', 'paid'), 'credited')
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
    assert.equal(await suspense(), '0.000000000 TON')
    assert.deepEqual(await openBreaks(), [])
  })

  test('given a rest that comes when the order is gone, then all of it waits for a person', async ({
    assert,
    cleanup,
  }) => {
    let isGone = false
    const { restore, come } = await given(ORDER, {
      mayPay: async () => (isGone ? refuse('order_closed') : { ok: true, value: undefined }),
    })
    cleanup(restore)
    await come('7', 'short')
    isGone = true
    assert.equal(await come('10', 'paid'), 'break')
    assert.equal(await come('10', 'paid'), 'nothing')
    assert.equal(await suspense(), '10.000000000 TON')
    assert.deepEqual(await openBreaks(), ['underpaid 7.000000000 TON', 'undeliverable 3.000000000 TON'])
  })
})
