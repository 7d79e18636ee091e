import { createHash, createHmac } from 'node:crypto'
import { test } from '@japa/runner'
import { SandboxServer } from '#sandbox/server'
import { Control } from '#tests/support/sandbox/control'
import { CryptoPayClient } from '#tests/support/sandbox/crypto_pay'
import { ReceivingProduct } from '#tests/support/sandbox/product'

test.group('Sandbox | Faults of payment providers', (group) => {
  let sandbox: SandboxServer
  let product: ReceivingProduct
  let api: CryptoPayClient

  group.each.setup(async () => {
    product = await ReceivingProduct.start()
    sandbox = await SandboxServer.start({ productUrl: product.url, providerRetryMs: 5, providerHoldMs: 600_000 })
    api = new CryptoPayClient(sandbox)
    return async () => {
      await sandbox.stop()
      await product.stop()
    }
  })

  const create = (signal?: AbortSignal) => api.call('createInvoice', { asset: 'TON', amount: '2' }, { signal })

  async function paidInvoice(): Promise<number> {
    const { body } = await create()
    sandbox.cryptoPay.pay(body.result.invoice_id)
    return body.result.invoice_id
  }

  const ids = () => product.messages.map(({ payload }) => payload.invoice_id)

  test('a wrong signature, a wrong amount and a duplicate are what they say', async ({ assert }) => {
    sandbox.faults.set({ service: 'crypto_pay', kind: 'webhook_wrong_signature', count: 1 })
    await paidInvoice()
    sandbox.faults.set({ service: 'crypto_pay', kind: 'webhook_wrong_amount', count: 1 })
    await paidInvoice()
    sandbox.faults.set({ service: 'crypto_pay', kind: 'webhook_duplicate' })
    await paidInvoice()
    await sandbox.webhooks.settled()

    const key = createHash('sha256').update(sandbox.services.CRYPTO_PAY_TOKEN).digest()
    const genuine = product.received.map(
      ({ body, headers }) =>
        createHmac('sha256', key).update(body).digest('hex') === headers['crypto-pay-api-signature']
    )
    assert.deepEqual(genuine, [false, true, true, true])
    assert.equal(product.messages[1].payload.amount, '1')
    assert.equal(product.received[2].body, product.received[3].body)
  })

  test('a lost webhook never comes, a reordered one comes after the next', async ({ assert }) => {
    sandbox.faults.set({ service: 'crypto_pay', kind: 'webhook_lost', count: 1 })
    const lost = await paidInvoice()
    sandbox.faults.set({ service: 'crypto_pay', kind: 'webhook_reorder', count: 1 })
    const first = await paidInvoice()
    const second = await paidInvoice()
    await sandbox.webhooks.settled()

    assert.deepEqual(ids(), [second, first])
    const [{ id, state }] = sandbox.webhooks.list()
    assert.equal(state, 'lost')
    sandbox.webhooks.resend(id)
    await sandbox.webhooks.settled()
    assert.equal(ids().at(-1), lost)
  })

  test('a delayed webhook waits, or goes when it is released', async ({ assert }) => {
    sandbox.faults.set({ service: 'crypto_pay', kind: 'webhook_delay', delayMs: 600_000 })
    const id = await paidInvoice()
    assert.isEmpty(product.received)
    sandbox.webhooks.release()
    await sandbox.webhooks.settled()
    assert.deepEqual(ids(), [id])
  })

  test('a refused webhook is sent again until it is taken', async ({ assert }) => {
    let refusals = 2
    product.answer = (_, response) => {
      response.statusCode = refusals-- > 0 ? 503 : 200
      response.end()
    }
    await paidInvoice()
    await sandbox.webhooks.settled()
    const [{ attempts, state }] = sandbox.webhooks.list()
    assert.deepEqual(
      attempts.map(({ status }) => status),
      [503, 503, 200]
    )
    assert.equal(state, 'delivered')
  })

  test('the provider is down: 5xx, dropped before or after the effect, silent', async ({ assert }) => {
    sandbox.faults.set({ service: 'crypto_pay', kind: 'server_error', status: 502, count: 1 })
    const down = await create()
    assert.equal(down.status, 502)
    assert.deepEqual(down.body, { ok: false, error: { code: 502, name: 'BAD_GATEWAY' } })

    sandbox.faults.set({ service: 'crypto_pay', kind: 'drop_before', count: 1 })
    await assert.rejects(() => create())
    assert.isEmpty(sandbox.cryptoPay.all())
    sandbox.faults.set({ service: 'crypto_pay', kind: 'drop_after', count: 1 })
    await assert.rejects(() => create())
    assert.lengthOf(sandbox.cryptoPay.all(), 1)

    sandbox.faults.set({ service: 'crypto_pay', kind: 'timeout', count: 1 })
    const patience = new AbortController()
    const answer = create(patience.signal)
    await sandbox.world.live.waitFor(() => sandbox.cryptoPay.all().length === 2 || undefined, 'the invoice', 10_000)
    patience.abort()
    await assert.rejects(() => answer)
  })

  test('a fault befalls its own service only, and only kinds that service knows', async ({ assert }) => {
    const control = new Control(sandbox.url)
    await control.post('/faults', { service: 'heleket', kind: 'server_error' })
    const { status } = await create()
    assert.equal(status, 200)
    const refused = await control.answer('POST', '/faults', { service: 'telegram', kind: 'webhook_lost' })
    assert.equal(refused.status, 422)
    const unknown = await control.answer('POST', '/faults', { service: 'stripe', kind: 'slow' })
    assert.match(unknown.body.error, /Unknown service/)
  })

  test('the control API pays, expires, lists and moves the address', async ({ assert }) => {
    const control = new Control(sandbox.url)
    const { body } = await create()
    await control.put('/product', { url: `${product.url}/elsewhere/` })
    const paid = await control.post(`/crypto-pay/invoices/${body.result.invoice_id}/pay`)
    await control.get('/webhooks/settled')

    assert.equal(paid.status, 'paid')
    assert.equal(product.received[0].path, '/elsewhere/webhook/cryptobot')
    const { webhooks } = await control.get('/webhooks?service=crypto_pay')
    const expiring = await control.answer('POST', `/crypto-pay/invoices/${body.result.hash}/expire`)
    assert.lengthOf(webhooks, 1)
    assert.equal(expiring.status, 409)
    assert.deepEqual(await control.get('/calls'), { crypto_pay: { createInvoice: 1 } })
  })
})
