import { test } from '@japa/runner'
import { startSandbox, type RunningSandbox } from '#tests/support/sandbox/bot_api'

test.group('Sandbox | Stars', (group) => {
  let sandbox: RunningSandbox['sandbox']
  let api: RunningSandbox['api']

  group.each.setup(async () => {
    ;({ sandbox, api } = await startSandbox())
    sandbox.customer({ id: 7 })
    return () => sandbox.stop()
  })

  const invoice = {
    title: '100 Stars',
    description: 'A package',
    payload: 'order-1',
    currency: 'XTR',
    prices: [{ label: 'Stars', amount: 100 }],
  }

  test('a payment the bot consents to arrives with its charge, and is refunded once', async ({ assert }) => {
    const { message_id: id } = await api.ok('sendInvoice', { chat_id: 7, ...invoice })
    const paying = sandbox.pay(7, id)
    const [asked] = await api.ok('getUpdates')
    await api.ok('answerPreCheckoutQuery', { pre_checkout_query_id: asked.pre_checkout_query.id, ok: true })
    const { chargeId } = await paying
    const [, paid] = await api.ok('getUpdates')

    assert.deepInclude(asked.pre_checkout_query, { currency: 'XTR', total_amount: 100, invoice_payload: 'order-1' })
    assert.deepInclude(paid.message.successful_payment, { total_amount: 100, telegram_payment_charge_id: chargeId })
    const refund = { user_id: 7, telegram_payment_charge_id: chargeId }
    assert.isTrue(await api.ok('refundStarPayment', refund))
    assert.equal(await api.refusal('refundStarPayment', refund), 'Bad Request: CHARGE_ALREADY_REFUNDED')
    const { transactions } = await api.ok('getStarTransactions')
    assert.deepEqual(
      transactions.map((row: object) => 'receiver' in row),
      [false, true]
    )
  })

  test('without consent nothing is paid', async ({ assert }) => {
    const link = await api.ok('createInvoiceLink', invoice)
    const paying = sandbox.pay(7, link)
    const [asked] = await api.ok('getUpdates')
    const query = { pre_checkout_query_id: asked.pre_checkout_query.id }
    await api.ok('answerPreCheckoutQuery', { ...query, ok: false, error_message: 'Sold out' })

    assert.deepEqual(await paying, { paid: false, error: 'Sold out' })
    assert.include(await api.refusal('answerPreCheckoutQuery', { ...query, ok: true }), 'query is too old')
    assert.isEmpty(sandbox.messages(7))
  })

  test('an invoice is refused: {description}')
    .with([
      { change: { prices: [] }, description: 'Bad Request: there must be at least one price' },
      { change: { prices: [...invoice.prices, ...invoice.prices] }, description: 'Bad Request: STARS_INVOICE_INVALID' },
      { change: { currency: 'USD' }, description: 'Bad Request: CURRENCY_INVALID' },
      { change: { payload: '' }, description: 'Bad Request: parameter "payload" is required' },
      { change: { payload: 'x'.repeat(129) }, description: 'Bad Request: INVOICE_PAYLOAD_INVALID' },
      { change: { title: 'x'.repeat(33) }, description: 'Bad Request: INVOICE_TITLE_INVALID' },
      { change: { prices: [{ label: 'x', amount: 0 }] }, description: 'Bad Request: CURRENCY_TOTAL_AMOUNT_INVALID' },
    ])
    .run(async ({ assert }, { change, description }) => {
      assert.equal(await api.refusal('sendInvoice', { chat_id: 7, ...invoice, ...change }), description)
    })
})
