import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { parseMoney } from '#core/money/parse_money'
import { BanCustomer } from '#customers/actions/ban_customer'
import { CreateTopUp } from '#payments/actions/create_top_up'
import Invoice from '#payments/models/invoice'
import { paymentsEnabled, topUpEnabled, waysEnabled } from '#payments/settings'
import type { ProviderName } from '#payments/values'
import { createAdmin } from '#tests/support/staff'
import { resetDatabase } from '#tests/support/database'
import {
  createInvoice,
  CUSTOMER,
  givenBalance,
  givenCustomer,
  givenPayments,
  givenPurpose,
  money,
  valueOf,
} from '#tests/support/payments/given'

test.group('Payments | bad input', (group) => {
  group.each.setup(() => resetDatabase())

  let keys = 0
  async function topUp(customerId: number, amount: Money, provider: ProviderName = 'crypto_pay') {
    const action = await app.container.make(CreateTopUp)
    return action.handle({ customerId, amount, provider, key: `bad:${++keys}`, description: 'Top-up', actor: CUSTOMER })
  }

  const codeOf = (result: { ok: boolean; refusal?: { code: string } }) => (result.ok ? 'ok' : result.refusal!.code)

  test('a top-up of {text} is refused with {code}')
    .with([
      { text: '0', code: 'top_up_too_small' },
      { text: '9.999999999', code: 'top_up_too_small' },
      { text: '10000.000000001', code: 'top_up_too_large' },
      { text: '10000000', code: 'too_large' },
      { text: '-5', code: 'not_a_number' },
      { text: '10.0000000001', code: 'too_precise' },
      { text: '1 000,50', code: 'ok' },
      { text: '1\u00A0000,50', code: 'ok' },
      { text: '1,000.50', code: 'ambiguous_separator' },
      { text: '1,000', code: 'ambiguous_separator' },
      { text: 'ten', code: 'not_a_number' },
      { text: '1e3', code: 'not_a_number' },
      { text: '', code: 'not_a_number' },
    ])
    .run(async ({ assert, cleanup }, { text, code }) => {
      const { restore, provider } = givenPayments()
      cleanup(restore)
      const customer = await givenCustomer()
      const parsed = parseMoney(text, 'TON')
      assert.equal(codeOf(parsed.ok ? await topUp(customer.id, parsed.value) : parsed), code)
      assert.lengthOf(await Invoice.all(), code === 'ok' ? 1 : 0)
      assert.equal(provider.count('create'), code === 'ok' ? 1 : 0)
    })

  test('zero and negative sums never become an invoice', async ({ assert, cleanup }) => {
    const { restore } = givenPayments()
    cleanup(restore)
    const customer = await givenCustomer()
    for (const amount of [Money.zero('TON'), money('1').negate()]) {
      assert.equal(codeOf(await createInvoice(customer.id, { amount })), 'amount_not_positive')
    }
    assert.isEmpty(await Invoice.all())
  })

  test('a banned customer can not pay, and a top-up is in TON', async ({ assert, cleanup }) => {
    const { restore } = givenPayments()
    cleanup(restore)
    const customer = await givenCustomer()
    assert.equal(codeOf(await topUp(customer.id, money('10', 'USD'))), 'top_up_currency')
    const admin = await createAdmin()
    const ban = await app.container.make(BanCustomer)
    await ban.handle({ customerId: customer.id, reason: 'fraud', actor: { type: 'admin', id: admin.id, name: 'A' } })
    assert.equal(codeOf(await topUp(customer.id, money('10'))), 'customer_banned')
    assert.isEmpty(await Invoice.all())
  })

  test('a second click is the same invoice, also at the same time; with other contents it is refused', async ({
    assert,
    cleanup,
  }) => {
    const { restore, provider } = givenPayments()
    cleanup(restore)
    const customer = await givenCustomer()
    const click = { key: 'click' }
    const results = await Promise.all(Array.from({ length: 5 }, () => createInvoice(customer.id, click)))
    const made = results.filter(({ ok }) => ok)
    assert.isAbove(made.length, 0)
    assert.lengthOf(await Invoice.all(), 1)
    assert.equal(provider.count('create'), 1)
    const again = valueOf(await createInvoice(customer.id, click))
    assert.isNotNull(again.payUrl)
    assert.equal(codeOf(await createInvoice(customer.id, { ...click, amount: money('11') })), 'idempotency_conflict')
  })

  test('a second click on a purchase from balance takes the money once', async ({ assert, cleanup }) => {
    const { restore } = givenPayments()
    cleanup(restore)
    const told = await givenPurpose()
    const customer = await givenCustomer()
    await givenBalance(customer.id, money('30'))
    const buy = { purpose: 'test_order', provider: 'balance' as const, key: 'buy' }
    const results = await Promise.all(Array.from({ length: 8 }, () => createInvoice(customer.id, buy)))
    assert.isTrue(results.every(({ ok }) => ok))
    assert.deepEqual(told, ['paid'])
  })

  test('what is switched off, not configured or not meant for it is refused', async ({ assert, cleanup }) => {
    const { restore } = givenPayments()
    cleanup(restore)
    const customer = await givenCustomer()
    assert.equal(codeOf(await topUp(customer.id, money('10'), 'heleket')), 'provider_off')
    assert.equal(codeOf(await topUp(customer.id, money('10'), 'balance')), 'provider_not_for_purpose')
    assert.equal(codeOf(await createInvoice(customer.id, { amount: money('10', 'PRED') })), 'currency_not_accepted')
    const settings = await app.container.make(Settings)
    const off = (setting: typeof paymentsEnabled) => transaction((trx) => settings.set(trx, setting, false))
    await off(topUpEnabled)
    assert.equal(codeOf(await topUp(customer.id, money('10'))), 'top_up_off')
    await off(waysEnabled.crypto_pay)
    assert.equal(codeOf(await createInvoice(customer.id)), 'provider_off')
    await off(paymentsEnabled)
    assert.equal(codeOf(await createInvoice(customer.id)), 'payments_off')
  })
})
