import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { refuse } from '#core/result'
import { AskProvider } from '#payments/actions/ask_provider'
import { RefundInvoice, type RefundInput } from '#payments/actions/refund_invoice'
import { SendRefund } from '#payments/actions/send_refund'
import { SettleRefund } from '#payments/actions/settle_refund'
import Invoice from '#payments/models/invoice'
import PaymentBreak from '#payments/models/payment_break'
import Refund from '#payments/models/refund'
import { ProviderRefusal, ProviderUnreachable } from '#payments/providers/provider_errors'
import { createAdmin } from '#tests/support/staff'
import { resetDatabase } from '#tests/support/database'
import { MINUTE } from '#tests/support/test_clock'
import {
  balanceOf,
  createInvoice,
  givenBalance,
  givenCustomer,
  givenPayments,
  givenPurpose,
  money,
  systemBalance,
  valueOf,
} from '#tests/support/payments/given'

const ORDER = { purpose: 'test_order', subjectType: 'test_order', subjectId: 7 }
const LOST = () => new ProviderUnreachable('crypto_pay', 'timeout')

test.group('Refunds', (group) => {
  group.each.setup(() => resetDatabase())

  async function givenPaid() {
    const told = await givenPurpose()
    const world = givenPayments()
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id, ORDER))
    world.provider.pay(invoice.providerInvoiceId!)
    const ask = await app.container.make(AskProvider)
    await ask.handle(invoice.id)
    return { ...world, told, customer, invoice }
  }

  async function refund(invoice: Invoice, input: Partial<RefundInput> = {}) {
    const admin = await createAdmin({ role: 'finance' })
    const actor = { type: 'admin' as const, id: admin.id, name: admin.fullName }
    const action = await app.container.make(RefundInvoice)
    return action.handle({ invoiceId: invoice.id, way: 'provider', reason: 'Asked for it', actor, ...input })
  }

  const statusOf = async ({ id }: Invoice) => {
    const { status } = await Invoice.findOrFail(id)
    return status
  }

  test('given a paid purchase, when it is refunded by the provider, then it goes back once', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, told, invoice } = await givenPaid()
    cleanup(restore)
    valueOf(await refund(invoice))
    assert.equal(await statusOf(invoice), 'refunded')
    assert.deepEqual(told, ['paid', 'refunded'])
    assert.lengthOf(provider.sentRefunds, 1)
    assert.equal(String(await systemBalance('revenue')), '0.000000000 TON')
    assert.equal(String(await systemBalance('clearing:crypto_pay')), '0.000000000 TON')
    assert.deepEqual(await refund(invoice), refuse('invoice_not_refundable'))
    assert.lengthOf(provider.sentRefunds, 1)
  })

  test('given two admins, when both refund at once, then it goes back once', async ({ assert, cleanup }) => {
    const { provider, restore, invoice } = await givenPaid()
    cleanup(restore)
    const results = await Promise.all([refund(invoice), refund(invoice), refund(invoice)])
    assert.lengthOf(
      results.filter(({ ok }) => ok),
      1
    )
    assert.lengthOf(provider.sentRefunds, 1)
  })

  test('given a purchase, when it is refunded to the balance, then the wallet has it', async ({ assert, cleanup }) => {
    const { provider, restore, told, invoice, customer } = await givenPaid()
    cleanup(restore)
    valueOf(await refund(invoice, { way: 'balance' }))
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
    assert.equal(await statusOf(invoice), 'refunded')
    assert.deepEqual(told, ['paid', 'refunded'])
    assert.isEmpty(provider.sentRefunds)
  })

  test('given a provider that says no, when it is refunded, then the money is back where it was', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, told, invoice } = await givenPaid()
    cleanup(restore)
    provider.fail('refund', new ProviderRefusal('crypto_pay', 'METHOD_DISABLED'))
    valueOf(await refund(invoice))
    assert.equal(await statusOf(invoice), 'paid')
    assert.deepEqual(told, ['paid'])
    assert.equal(String(await systemBalance('revenue')), '10.000000000 TON')
    const { status, error } = await Refund.firstOrFail()
    assert.equal(status, 'failed')
    assert.include(error, 'METHOD_DISABLED')
    valueOf(await refund(invoice))
    assert.equal(await statusOf(invoice), 'refunded')
  })

  test('given no answer of a provider that sends an order once, when it is asked again, then it is sent', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, invoice } = await givenPaid()
    cleanup(restore)
    provider.fail('refund', LOST(), LOST(), LOST())
    valueOf(await refund(invoice))
    assert.equal(await statusOf(invoice), 'paid')
    const waiting = await Refund.firstOrFail()
    assert.equal(waiting.status, 'pending')
    const send = await app.container.make(SendRefund)
    await Promise.all([send.handle(waiting.id), send.handle(waiting.id)])
    assert.equal(await statusOf(invoice), 'refunded')
    assert.lengthOf(provider.sentRefunds, 1)
  })

  test('given no answer of a provider that might send twice, when it is refunded, then a person decides: {$self}')
    .with(['sent', 'not_sent'] as const)
    .run(async ({ assert, cleanup }, outcome) => {
      const { provider, restore, invoice } = await givenPaid()
      cleanup(restore)
      provider.refunds = { ...provider.refunds!, isRepeatable: false }
      provider.fail('refund', LOST())
      valueOf(await refund(invoice))
      const unknown = await Refund.firstOrFail()
      assert.equal(unknown.status, 'unknown')
      const send = await app.container.make(SendRefund)
      await send.handle(unknown.id)
      assert.isEmpty(provider.sentRefunds)
      const { kind } = await PaymentBreak.firstOrFail()
      assert.equal(kind, 'refund_unknown')

      const settle = await app.container.make(SettleRefund)
      const actor = { type: 'admin' as const, id: 1, name: 'Finance' }
      const input = { refundId: unknown.id, outcome, reason: 'Seen in the account', actor }
      valueOf(await settle.handle(input))
      assert.equal(await statusOf(invoice), outcome === 'sent' ? 'refunded' : 'paid')
      assert.equal(String(await systemBalance('revenue')), outcome === 'sent' ? '0.000000000 TON' : '10.000000000 TON')
      assert.deepEqual(await settle.handle(input), refuse('refund_not_unknown'))
    })

  test('given a process that died while it asked, when another goes on, then it looks before it asks', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, clock, invoice } = await givenPaid()
    cleanup(restore)
    provider.refunds = { ...provider.refunds!, isRepeatable: false }
    provider.fail('refund', new Error('killed'))
    const interrupted = await givenInterrupted(invoice)
    const send = await app.container.make(SendRefund)
    await send.handle(interrupted.id)
    assert.equal(await statusOf(invoice), 'paid')

    clock.advance(3 * MINUTE)
    provider.fail('fetch', LOST(), LOST(), LOST())
    await send.handle(interrupted.id)
    const notSeen = await Refund.findOrFail(interrupted.id)
    assert.equal(notSeen.status, 'sending', 'it may have left, so that it is looked up again')

    clock.advance(3 * MINUTE)
    provider.change(invoice.providerInvoiceId!, { state: 'refunded' })
    await send.handle(interrupted.id)
    assert.equal(await statusOf(invoice), 'refunded')
    assert.isEmpty(provider.sentRefunds)

    async function givenInterrupted(of: Invoice) {
      const { RefundBook } = await import('#payments/refunds/refund_book')
      const { transaction } = await import('#core/database/transaction')
      const book = await app.container.make(RefundBook)
      const actor = { type: 'admin' as const, id: 1, name: 'Finance' }
      const opened = await transaction(async (trx) => {
        const locked = await Invoice.findOrFail(of.id, { client: trx })
        return book.open(trx, {
          invoice: locked,
          breakId: null,
          amount: locked.charge,
          address: null,
          reason: 'r',
          actor,
        })
      })
      return valueOf(opened).merge({ status: 'sending', startedAt: clock.now() }).save()
    }
  })

  test('given a top-up that was spent, when it is refunded, then it is refused and nothing changes', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore } = givenPayments()
    cleanup(restore)
    await givenPurpose()
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id))
    provider.pay(invoice.providerInvoiceId!)
    const ask = await app.container.make(AskProvider)
    await ask.handle(invoice.id)
    valueOf(await createInvoice(customer.id, { ...ORDER, provider: 'balance', amount: money('4') }))

    const refused = await refund(invoice)
    assert.equal(refused.ok ? null : refused.refusal.code, 'insufficient_funds')
    assert.isEmpty(await Refund.all())
    assert.equal(await statusOf(invoice), 'paid')
    await givenBalance(customer.id, money('4'))
    valueOf(await refund(invoice))
    assert.equal(String(await balanceOf(customer.id)), '0.000000000 TON')
  })
})
