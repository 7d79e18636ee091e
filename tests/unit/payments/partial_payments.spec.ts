import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { refuse } from '#core/result'
import { AskProvider } from '#payments/actions/ask_provider'
import { SettleBreak } from '#payments/actions/settle_break'
import PaymentBreak from '#payments/models/payment_break'
import type { PurposeHandler } from '#payments/purposes'
import { resetDatabase } from '#tests/support/database'
import { eventually } from '#tests/support/telegram/sender_world'
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
  const openAlerts = () => db.from('admin_alerts').whereLike('fingerprint', 'payment_break:%').whereNull('resolved_at')
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
    assert.lengthOf(await openAlerts(), 2)
    assert.deepEqual(await openBreaks(), ['underpaid 3.000000000 TON', 'underpaid 4.000000000 TON'])

    assert.equal(await come('10', 'paid'), 'credited')
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
    assert.equal(await suspense(), '0.000000000 TON')
    assert.deepEqual(await openBreaks(), [])
    await eventually(async () => {
      const alerts = await openAlerts()
      return alerts.length === 0
    })
  })

  test('given one of two parts sent back, when the other is honoured, then that is refused', async ({
    assert,
    cleanup,
  }) => {
    const { restore, come } = await given()
    cleanup(restore)
    await come('3', 'short')
    await come('7', 'short')
    const [first, second] = await PaymentBreak.query().orderBy('id')
    const settle = await app.container.make(SettleBreak)
    const how = { reason: 'Asked for it', actor: { type: 'admin' as const, id: 1, name: 'Finance' } }
    valueOf(await settle.handle({ breakId: first.id, resolution: 'refund', ...how }))

    assert.deepEqual(
      await settle.handle({ breakId: second.id, resolution: 'honour', ...how }),
      refuse('break_cannot_honour')
    )
    assert.deepEqual(await openBreaks(), ['underpaid 4.000000000 TON'])
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
