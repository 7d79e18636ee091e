import { createHash, createHmac } from 'node:crypto'
import { test } from '@japa/runner'
import { SandboxServer } from '#sandbox/server'
import { CryptoPayClient } from '#tests/support/sandbox/crypto_pay'
import { ReceivingProduct } from '#tests/support/sandbox/product'

test.group('Sandbox | Crypto Pay', (group) => {
  let sandbox: SandboxServer
  let product: ReceivingProduct
  let api: CryptoPayClient

  group.each.setup(async () => {
    product = await ReceivingProduct.start()
    sandbox = await SandboxServer.start({ productUrl: product.url, providerRetryMs: 5 })
    api = new CryptoPayClient(sandbox)
    return async () => {
      await sandbox.stop()
      await product.stop()
    }
  })

  const create = (params: object = {}) => api.ok('createInvoice', { asset: 'TON', amount: '10.5', ...params })

  test('an invoice has the fields of the real API and is found again', async ({ assert }) => {
    const invoice = await create({ payload: 'ref', description: 'Top-up', expires_in: 3600 })
    const { items } = await api.ok('getInvoices', { invoice_ids: String(invoice.invoice_id) })

    assert.containSubset(invoice, {
      currency_type: 'crypto',
      asset: 'TON',
      amount: '10.5',
      status: 'active',
      payload: 'ref',
      description: 'Top-up',
      allow_comments: true,
      allow_anonymous: true,
    })
    assert.match(invoice.bot_invoice_url, new RegExp(`^${sandbox.url}/pay/crypto-pay/${invoice.hash}$`))
    assert.equal(Date.parse(invoice.expiration_date) - Date.parse(invoice.created_at), 3_600_000)
    assert.deepEqual(items, [invoice])
  })

  test('a paid invoice is told by a webhook whose signature covers the raw body', async ({ assert }) => {
    const invoice = await create({ payload: 'тест/"é"' })
    sandbox.cryptoPay.pay(invoice.invoice_id)
    await sandbox.webhooks.settled()
    const [{ path, body, headers }] = product.received
    const key = createHash('sha256').update(sandbox.services.CRYPTO_PAY_TOKEN).digest()

    assert.equal(path, '/webhook/cryptobot')
    assert.equal(headers['crypto-pay-api-signature'], createHmac('sha256', key).update(body).digest('hex'))
    const update = JSON.parse(body)
    assert.equal(update.update_type, 'invoice_paid')
    assert.containSubset(update.payload, {
      invoice_id: invoice.invoice_id,
      status: 'paid',
      payload: 'тест/"é"',
      paid_asset: 'TON',
      paid_amount: '10.5',
      fee_asset: 'TON',
      fee_amount: 0.315,
    })
    assert.isTrue(Number.isFinite(Date.parse(update.payload.paid_at)))
  })

  test('an invoice in fiat money is paid with one of its assets at the rate of the moment', async ({ assert }) => {
    sandbox.world.rates.set('TON', '2.5')
    const invoice = await create({ currency_type: 'fiat', fiat: 'USD', amount: 5, accepted_assets: 'TON,USDT' })
    assert.throws(() => sandbox.cryptoPay.pay(invoice.invoice_id, { asset: 'BTC' }), /can't be paid in BTC/)
    sandbox.cryptoPay.pay(invoice.invoice_id, { asset: 'TON' })

    assert.containSubset(sandbox.cryptoPay.invoice(invoice.invoice_id), {
      fiat: 'USD',
      amount: '5',
      paid_asset: 'TON',
      paid_amount: '2',
      paid_usd_rate: '2.5',
    })
  })

  test('an expired invoice can be paid no more, nor a paid one again', async ({ assert }) => {
    const first = await create({ expires_in: 60 })
    const second = await create()
    sandbox.advance(60_000)
    sandbox.cryptoPay.pay(second.invoice_id)

    assert.throws(() => sandbox.cryptoPay.pay(first.invoice_id), /is expired/)
    assert.throws(() => sandbox.cryptoPay.pay(second.invoice_id), /is paid/)
    const { items } = await api.ok('getInvoices', { status: 'expired' })
    assert.deepEqual(
      items.map(({ invoice_id: id }: { invoice_id: number }) => id),
      [first.invoice_id]
    )
    assert.equal(await api.refusal('deleteInvoice', { invoice_id: second.invoice_id }), 'INVOICE_ALREADY_PAID')
    assert.isTrue(await api.ok('deleteInvoice', { invoice_id: first.invoice_id }))
  })

  test('a refused request says why: {name}')
    .with([
      { change: { amount: '' }, name: 'AMOUNT_REQUIRED' },
      { change: { amount: '1,5' }, name: 'AMOUNT_INVALID' },
      { change: { amount: -1 }, name: 'AMOUNT_INVALID' },
      { change: { amount: '0' }, name: 'AMOUNT_TOO_SMALL' },
      { change: { amount: '100000' }, name: 'AMOUNT_TOO_BIG' },
      { change: { asset: 'DOGS' }, name: 'UNSUPPORTED_ASSET' },
      { change: { currency_type: 'fiat' }, name: 'FIAT_REQUIRED' },
      { change: { description: 'x'.repeat(1025) }, name: 'DESCRIPTION_TOO_LONG' },
      { change: { payload: 'é'.repeat(2049) }, name: 'PAYLOAD_TOO_LONG' },
      { change: { paid_btn_name: 'callback' }, name: 'PAID_BTN_URL_REQUIRED' },
      { change: { expires_in: 2_678_401 }, name: 'EXPIRES_IN_INVALID' },
    ])
    .run(async ({ assert }, { change, name }) => {
      const { status, body } = await api.call('createInvoice', { asset: 'TON', amount: '10.5', ...change })
      assert.equal(status, 400)
      assert.deepEqual(body, { ok: false, error: { code: 400, name } })
    })

  test('a wrong token, a wrong method and another app are told apart', async ({ assert }) => {
    const invoice = await create()
    sandbox.cryptoPay.addApp({ token: '20002:other' })
    const token = '20002:other'
    const others = await api.ok('getInvoices', { invoice_ids: [invoice.invoice_id] }, { token })

    assert.deepEqual(await api.call('getMe', {}, { token: '1:no' }), {
      status: 401,
      body: { ok: false, error: { code: 401, name: 'UNAUTHORIZED' } },
    })
    assert.equal(await api.refusal('constructor'), 'METHOD_NOT_FOUND')
    assert.isEmpty(others.items)
  })

  test('a transfer happens once for each spend_id and can be looked up', async ({ assert }) => {
    const transfer = { user_id: 7, asset: 'USDT', amount: '12.5', spend_id: 'payout-1' }
    const sent = await api.ok('transfer', transfer)
    const again = await api.refusal('transfer', transfer)
    const found = await api.ok('getTransfers', { spend_id: 'payout-1' })
    const tooMuch = await api.refusal('transfer', { ...transfer, amount: '5000', spend_id: 'payout-2' })
    const balance = await api.ok('getBalance')

    assert.containSubset(sent, { amount: '12.5', status: 'completed', spend_id: 'payout-1' })
    assert.equal(again, 'SPEND_ID_ALREADY_USED')
    assert.deepEqual(found.items, [sent])
    assert.equal(tooMuch, 'INSUFFICIENT_FUNDS')
    assert.deepInclude(balance, { currency_code: 'USDT', available: '987.5', onhold: '0' })
  })

  test('currencies and rates have the shapes of the real API', async ({ assert }) => {
    const rates = await api.ok('getExchangeRates')
    const currencies = await api.ok('getCurrencies')

    assert.deepInclude(rates, {
      is_valid: true,
      is_crypto: true,
      is_fiat: false,
      source: 'TON',
      target: 'USD',
      rate: '3.12000000',
    })
    assert.containSubset(currencies, [{ code: 'TON', decimals: 9, is_blockchain: true, is_stablecoin: false }])
  })
})
