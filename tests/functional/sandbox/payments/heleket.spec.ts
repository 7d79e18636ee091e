import { test } from '@japa/runner'
import { SandboxServer } from '#sandbox/server'
import { HeleketClient, md5Sign } from '#tests/support/sandbox/heleket'
import { ReceivingProduct } from '#tests/support/sandbox/product'

test.group('Sandbox | Heleket', (group) => {
  let sandbox: SandboxServer
  let product: ReceivingProduct
  let api: HeleketClient

  group.each.setup(async () => {
    product = await ReceivingProduct.start()
    sandbox = await SandboxServer.start({ productUrl: product.url, providerRetryMs: 5 })
    api = new HeleketClient(sandbox)
    return async () => {
      await sandbox.stop()
      await product.stop()
    }
  })

  /** What the product was told, about one payment or about all. */
  const told = async (about?: string) => {
    await sandbox.webhooks.settled()
    return product.messages.filter(({ uuid }) => !about || uuid === about).map(({ status }) => status)
  }

  test('a payment has the fields of the real API; the same order_id answers the same payment', async ({ assert }) => {
    const payment = await api.create({ lifetime: 600, additional_data: 'x' })
    const again = await api.create({ amount: '99' })
    const { items } = await api.ok('payment/list')

    assert.containSubset(payment, {
      order_id: 'order-1',
      amount: '10.50000000',
      payer_amount: '10.50000000',
      payer_currency: 'TON',
      network: 'ton',
      payment_status: 'check',
      is_final: false,
      txid: null,
      url: `${sandbox.url}/pay/heleket/${payment.uuid}`,
    })
    assert.equal(payment.expired_at * 1000, Math.floor((Date.parse(payment.created_at) + 600_000) / 1000) * 1000)
    assert.deepEqual(again, payment)
    assert.deepEqual(items, [payment])
    assert.deepEqual(await api.ok('payment/info', { order_id: 'order-1' }), payment)
  })

  test('an exact payment is seen, then paid; both are told, signed as PHP signs', async ({ assert }) => {
    const callback = `${product.url}/webhook/heleket?a=1`
    const { uuid } = await api.create({ url_callback: callback, additional_data: 'Тест/é "x"' })
    sandbox.heleket.pay(uuid)

    assert.deepEqual(await told(), ['confirm_check', 'paid'])
    const { path, body } = product.received[1]
    assert.equal(path, '/webhook/heleket?a=1')
    assert.include(body, 'Тест\\/é \\"x\\"')
    const sign = /,"sign":"([0-9a-f]{32})"/.exec(body)!
    assert.equal(sign[1], md5Sign(body.replace(sign[0], ''), sandbox.services.HELEKET_PAYMENT_KEY))
    assert.containSubset(JSON.parse(body), {
      type: 'payment',
      uuid,
      payment_amount: '10.50000000',
      merchant_amount: '10.29000000',
      commission: '0.21000000',
      is_final: true,
      payer_currency: 'TON',
    })
  })

  test('less waits for the rest, which completes it', async ({ assert }) => {
    const { uuid } = await api.create()
    sandbox.heleket.pay(uuid, { amount: '4' })
    const short = await api.ok('payment/info', { uuid })
    sandbox.heleket.pay(uuid)

    assert.containSubset(short, { payment_status: 'wrong_amount_waiting', payment_amount: '4.00000000' })
    assert.deepEqual(await told(), ['confirm_check', 'wrong_amount_waiting', 'confirm_check', 'paid'])
  })

  test('what stays short ends as wrong_amount, at once where one payment must do', async ({ assert }) => {
    const first = await api.create()
    sandbox.heleket.pay(first.uuid, { amount: '4' })
    sandbox.advance(3_600_000)
    const second = await api.create({ order_id: 'order-2', is_payment_multiple: false })
    sandbox.heleket.pay(second.uuid, { amount: '4' })
    const third = await api.create({ order_id: 'order-3', accuracy_payment_percent: 5 })
    sandbox.heleket.pay(third.uuid, { amount: '9.98' })

    const statuses = [first, second, third].map(({ uuid }) => sandbox.heleket.payment(uuid).status)
    assert.deepEqual(statuses, ['wrong_amount', 'wrong_amount', 'paid'])
  })

  test('more is paid_over; nothing is cancel; what comes after that is a late payment', async ({ assert }) => {
    const more = await api.create()
    sandbox.heleket.pay(more.uuid, { amount: '12' })
    const late = await api.create({ order_id: 'order-2' })
    sandbox.heleket.expire(late.uuid)
    sandbox.heleket.pay(late.uuid)

    assert.deepEqual(await told(more.uuid), ['confirm_check', 'paid_over'])
    assert.deepEqual(await told(late.uuid), ['cancel', 'confirm_check', 'paid'])
  })

  test('a payment fails; one that has ended can not end again', async ({ assert }) => {
    const { uuid } = await api.create()
    sandbox.heleket.fail(uuid)

    assert.deepEqual(await told(), ['fail'])
    assert.throws(() => sandbox.heleket.expire(uuid), /has ended: fail/)
  })

  test('confirmations take their time when they shall', async ({ assert }) => {
    sandbox.heleket.confirmMs = 600_000
    const { uuid } = await api.create()
    sandbox.heleket.pay(uuid)
    sandbox.advance(4_000_000)
    assert.equal(sandbox.heleket.payment(uuid).status, 'confirm_check')
  })

  test('an amount in fiat money is priced in the coin that is chosen', async ({ assert }) => {
    sandbox.world.rates.set('TON', '2.5')
    const { uuid, payer_amount: open } = await api.create({ currency: 'USD', amount: '5', network: undefined })
    sandbox.heleket.choose(uuid, 'TON')

    assert.isNull(open)
    assert.containSubset(sandbox.heleket.payment(uuid), {
      status: 'process',
      amount: '5.00',
      payer_amount: '2.00000000',
      network: 'ton',
    })
    assert.throws(() => sandbox.heleket.choose(uuid, 'BTC'), /is to be paid in TON/)
  })

  test('a refund needs the payout key and something to give back', async ({ assert }) => {
    const { uuid } = await api.create()
    const params = { uuid, address: 'UQsomebody', is_subtract: true }
    const payout = { key: sandbox.services.HELEKET_PAYOUT_KEY }
    const early = await api.call('payment/refund', params, payout)
    sandbox.heleket.pay(uuid)
    const wrongKey = await api.call('payment/refund', params)
    await api.ok('payment/refund', params, payout)
    const twice = await api.call('payment/refund', params, payout)

    assert.deepEqual([early.status, wrongKey.status, twice.status], [422, 401, 422])
    assert.deepEqual(await told(), ['confirm_check', 'paid', 'refund_process', 'refund_paid'])
    const [{ balance }] = await api.ok('balance')
    assert.containSubset(balance.merchant, [{ currency_code: 'TON', balance: '1000.00000000' }])
  })

  test('a refund may fail', async ({ assert }) => {
    sandbox.faults.set({ service: 'heleket', kind: 'refund_fails' })
    const { uuid } = await api.create()
    sandbox.heleket.pay(uuid)
    await api.ok(
      'payment/refund',
      { uuid, address: 'UQx', is_subtract: 0 },
      { key: sandbox.services.HELEKET_PAYOUT_KEY }
    )
    assert.equal(sandbox.heleket.payment(uuid).status, 'refund_fail')
  })

  test('a refused request says why: {body}')
    .with([
      { change: { amount: undefined }, body: { state: 1, errors: { amount: ['validation.required'] } } },
      { change: { amount: '1,5' }, body: { state: 1, errors: { amount: ['validation.numeric'] } } },
      { change: { amount: '0.01' }, body: { state: 1, message: 'Minimum amount 0.5 USDT' } },
      { change: { order_id: 'a b' }, body: { state: 1, errors: { order_id: ['validation.alpha_dash'] } } },
      { change: { lifetime: 299 }, body: { state: 1, errors: { lifetime: ['validation.between.numeric'] } } },
      { change: { url_callback: 'nowhere' }, body: { state: 1, errors: { url_callback: ['validation.url'] } } },
      { change: { currency: 'DOGS' }, body: { state: 1, message: 'The currency was not found' } },
      { change: { network: 'moon' }, body: { state: 1, message: 'The network was not found' } },
    ])
    .run(async ({ assert }, { change, body }) => {
      const params = { amount: '10.5', currency: 'TON', order_id: 'order-1', ...change }
      assert.deepEqual(await api.call('payment', params), { status: 422, body })
    })

  test('a request must be signed over its very bytes, by the right merchant', async ({ assert }) => {
    const wrongKey = await api.call('payment/services', {}, { key: 'another' })
    const wrongMerchant = await api.call('payment/services', {}, { merchant: 'somebody' })
    const odd = await api.call('payment', {}, { body: '{ "amount":"10.5",\n"currency":"TON", "order_id":"ключ" }' })

    assert.deepEqual(wrongKey, { status: 401, body: { state: 1, message: 'Invalid Sign' } })
    assert.equal(wrongMerchant.status, 401)
    assert.equal(odd.body.result.order_id, 'ключ')
  })

  test('a webhook is resent, tested, and tells of an underpayment by fault', async ({ assert }) => {
    sandbox.faults.set({ service: 'heleket', kind: 'underpaid', count: 1 })
    const { uuid } = await api.create({ is_payment_multiple: false })
    sandbox.heleket.pay(uuid)
    await api.ok('payment/resend', { uuid })
    const target = { url_callback: `${product.url}/test`, currency: 'USDT', network: 'tron', status: 'paid' }
    await api.ok('test-webhook/payment', target)

    assert.sameMembers(await told(), ['confirm_check', 'wrong_amount', 'wrong_amount', 'paid'])
    assert.equal(sandbox.heleket.payment(uuid).payment_amount, '5.25000000')
  })
})
