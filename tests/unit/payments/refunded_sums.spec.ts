import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import type { Money } from '#core/money/money'
import { refuse } from '#core/result'
import { AskProvider } from '#payments/actions/ask_provider'
import { RefundInvoice } from '#payments/actions/refund_invoice'
import { SettleBreak, type SettleBreakInput } from '#payments/actions/settle_break'
import type Invoice from '#payments/models/invoice'
import PaymentBreak from '#payments/models/payment_break'
import type { ProviderInvoice } from '#payments/providers/payment_provider'
import { verifyLedger } from '#ledger/verify/verify_ledger'
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
const FINANCE = { type: 'admin' as const, id: 1, name: 'Finance' }

test.group('What a refund gives back', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    await givenPurpose()
  })

  async function givenReceived(received: Money, state: ProviderInvoice['state'], options: object = ORDER) {
    const world = givenPayments()
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id, options))
    world.provider.pay(invoice.providerInvoiceId!, received, state)
    const ask = await app.container.make(AskProvider)
    await ask.handle(invoice.id)
    return { ...world, customer, invoice }
  }

  async function settle(resolution: SettleBreakInput['resolution']) {
    const action = await app.container.make(SettleBreak)
    const { id: breakId } = await PaymentBreak.query().where('status', 'open').firstOrFail()
    return valueOf(await action.handle({ breakId, resolution, reason: 'Looked into it', actor: FINANCE }))
  }

  async function refund({ id: invoiceId }: Invoice, way: 'provider' | 'balance') {
    const action = await app.container.make(RefundInvoice)
    return action.handle({ invoiceId, way, reason: 'Asked for it', actor: FINANCE })
  }

  const amountOf = async (name: Parameters<typeof systemBalance>[0]) => {
    const balance = await systemBalance(name)
    return balance.toDecimal()
  }

  const offences = () => Array.fromAsync(verifyLedger({ transfers: 0, entries: 0, accounts: 0 }))

  test('given a purchase that was honoured for less, when it is refunded, then no more goes back than came: {$self}')
    .with(['balance', 'provider'] as const)
    .run(async ({ assert, cleanup }, way) => {
      const { provider, restore, customer, invoice } = await givenReceived(money('4'), 'short')
      cleanup(restore)
      await settle('honour')
      assert.equal(await amountOf('revenue'), '4.000000000')

      valueOf(await refund(invoice, way))
      assert.equal(await amountOf('revenue'), '0.000000000')
      const back = await balanceOf(customer.id)
      assert.equal(back.toDecimal(), way === 'balance' ? '4.000000000' : '0.000000000')
      assert.deepEqual(
        provider.sentRefunds.map(({ amount }) => amount.toDecimal()),
        way === 'balance' ? [] : ['4.000000000']
      )
      assert.equal(await amountOf('clearing:crypto_pay'), way === 'balance' ? '-4.000000000' : '0.000000000')
      assert.isEmpty(await offences())
    })

  test('given a top-up of which less came and was credited, when it is refunded, then that goes back', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, customer, invoice } = await givenReceived(money('4'), 'short', {})
    cleanup(restore)
    await settle('credit_received')
    valueOf(await refund(invoice, 'provider'))
    const left = await balanceOf(customer.id)
    assert.isTrue(left.isZero)
    assert.equal(provider.sentRefunds[0].amount.toDecimal(), '4.000000000')
    assert.equal(await amountOf('clearing:crypto_pay'), '0.000000000')
  })

  test('given more than was asked for, when it is refunded by the provider, then the excess stays out of it', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, invoice } = await givenReceived(money('13'), 'paid')
    cleanup(restore)
    valueOf(await refund(invoice, 'provider'))
    assert.equal(provider.sentRefunds[0].amount.toDecimal(), '10.000000000')
    assert.isNull(provider.sentRefunds[0].paid)
    assert.equal(await amountOf('suspense'), '3.000000000')
    assert.equal(await amountOf('clearing:crypto_pay'), '-3.000000000')
  })

  test('given a provider that sends all or nothing, when more came, then it is not asked', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, invoice } = await givenReceived(money('13'), 'paid')
    cleanup(restore)
    provider.refunds = { ...provider.refunds!, canSendPart: false }
    assert.deepEqual(await refund(invoice, 'provider'), refuse('refund_not_supported'))
    assert.isEmpty(provider.sentRefunds)
    valueOf(await refund(invoice, 'balance'))
    assert.equal(await amountOf('revenue'), '0.000000000')
  })
})
