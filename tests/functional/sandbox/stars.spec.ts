import { test } from '@japa/runner'
import { startSandbox, type RunningSandbox } from '#tests/support/sandbox/bot_api'

const invoice = {
  title: '100 Stars',
  description: 'A package',
  payload: 'order-1',
  currency: 'XTR',
  prices: [{ label: 'Stars', amount: 100 }],
}

test.group('Sandbox | Stars', (group) => {
  let sandbox: RunningSandbox['sandbox']
  let api: RunningSandbox['api']

  group.each.setup(async () => {
    ;({ sandbox, api } = await startSandbox())
    sandbox.customer({ id: 7, stars: 250 })
    return () => sandbox.stop()
  })

  /** The bot's next update, once it is there. */
  const nextUpdate = async (offset = -1) => {
    const [update] = await api.ok('getUpdates', { offset, timeout: 5 })
    return update
  }

  async function paid(): Promise<string> {
    const { message_id: id } = await api.ok('sendInvoice', { chat_id: 7, ...invoice })
    const paying = sandbox.pay(7, id)
    const asked = await nextUpdate()
    await api.ok('answerPreCheckoutQuery', { pre_checkout_query_id: asked.pre_checkout_query.id, ok: true })
    const { chargeId } = await paying
    return chargeId!
  }

  test('a payment the bot consents to arrives with its charge and moves the Stars', async ({ assert }) => {
    const { message_id: id } = await api.ok('sendInvoice', { chat_id: 7, ...invoice })
    const paying = sandbox.pay(7, id)
    const asked = await nextUpdate()
    await api.ok('answerPreCheckoutQuery', { pre_checkout_query_id: asked.pre_checkout_query.id, ok: true })
    const { chargeId } = await paying
    const told = await nextUpdate()

    assert.deepInclude(asked.pre_checkout_query, { currency: 'XTR', total_amount: 100, invoice_payload: 'order-1' })
    assert.deepInclude(told.message.successful_payment, {
      currency: 'XTR',
      total_amount: 100,
      invoice_payload: 'order-1',
      telegram_payment_charge_id: chargeId,
    })
    assert.equal(sandbox.stars(7), 150)
    assert.equal(sandbox.messages(7)[0].reply_markup!.inline_keyboard[0][0].text, 'Receipt')
    assert.deepEqual(await api.ok('getMyStarBalance'), { amount: 100, nanostar_amount: 0 })
    await assert.rejects(() => sandbox.pay(7, id), /paid already/)
  })

  test('a refund is made once, returns the Stars and is told', async ({ assert }) => {
    const refund = { user_id: 7, telegram_payment_charge_id: await paid() }
    assert.isTrue(await api.ok('refundStarPayment', refund))
    const told = await nextUpdate()

    assert.containSubset(told.message.refunded_payment, { total_amount: 100, invoice_payload: 'order-1' })
    assert.equal(sandbox.stars(7), 250)
    assert.equal(await api.refusal('refundStarPayment', refund), 'Bad Request: CHARGE_ALREADY_REFUNDED')
    const page = await fetch(`${sandbox.url}/pay`)
    assert.match(await page.text(), /100 Stars.*refund paid/s)
    const { transactions } = await api.ok('getStarTransactions')
    assert.deepEqual(
      transactions.map((row: object) => 'receiver' in row),
      [false, true]
    )
    assert.deepEqual(await api.ok('getMyStarBalance'), { amount: 0, nanostar_amount: 0 })
  })

  test('an unknown charge and one of somebody else are not refunded', async ({ assert }) => {
    const charge = await paid()
    for (const [params, reason] of [
      [{ user_id: 7 }, 'CHARGE_ID_EMPTY'],
      [{ user_id: 7, telegram_payment_charge_id: 'stxunknown' }, 'CHARGE_ID_INVALID'],
      [{ user_id: 8, telegram_payment_charge_id: charge }, 'CHARGE_ID_INVALID'],
    ] as const) {
      assert.equal(await api.refusal('refundStarPayment', params), `Bad Request: ${reason}`)
    }
  })

  test('without consent nothing is paid', async ({ assert }) => {
    const link = await api.ok('createInvoiceLink', invoice)
    const paying = sandbox.pay(7, link)
    const asked = await nextUpdate()
    const query = { pre_checkout_query_id: asked.pre_checkout_query.id }
    await api.ok('answerPreCheckoutQuery', { ...query, ok: false, error_message: 'Sold out' })

    assert.deepEqual(await paying, { paid: false, error: 'Sold out' })
    assert.include(await api.refusal('answerPreCheckoutQuery', { ...query, ok: true }), 'query is too old')
    assert.isEmpty(sandbox.messages(7))
    assert.equal(sandbox.stars(7), 250)
  })

  test('a bot that does not answer in time is not paid', async ({ assert }) => {
    sandbox.world.options.checkoutTimeoutMs = 20
    const link = await api.ok('createInvoiceLink', invoice)
    assert.deepEqual(await sandbox.pay(7, link), { paid: false, error: 'BOT_PRECHECKOUT_TIMEOUT' })
    assert.equal(sandbox.stars(7), 250)
  })

  test('whoever has too few Stars is told so, and the bot is not asked', async ({ assert }) => {
    const link = await api.ok('createInvoiceLink', { ...invoice, prices: [{ label: 'x', amount: 251 }] })
    assert.deepEqual(await sandbox.pay(7, link), { paid: false, error: '251 Stars are needed, 250 are there.' })
    assert.isEmpty(await api.ok('getUpdates'))
  })

  test('an invoice is refused: {description}')
    .with([
      { change: { prices: [] }, description: 'Bad Request: there must be at least one price' },
      { change: { prices: [...invoice.prices, ...invoice.prices] }, description: 'Bad Request: STARS_INVOICE_INVALID' },
      { change: { provider_token: '1:TEST' }, description: 'Bad Request: STARS_INVOICE_INVALID' },
      { change: { currency: 'USD' }, description: 'Bad Request: CURRENCY_INVALID' },
      { change: { payload: '' }, description: 'Bad Request: parameter "payload" is required' },
      { change: { payload: 'x'.repeat(129) }, description: 'Bad Request: INVOICE_PAYLOAD_INVALID' },
      { change: { title: 'x'.repeat(33) }, description: 'Bad Request: INVOICE_TITLE_INVALID' },
      { change: { description: 'x'.repeat(256) }, description: 'Bad Request: INVOICE_DESCRIPTION_INVALID' },
      { change: { prices: [{ label: 'x', amount: 0 }] }, description: 'Bad Request: CURRENCY_TOTAL_AMOUNT_INVALID' },
      {
        change: { reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'x' }]] } },
        description: 'Bad Request: REPLY_MARKUP_BUY_EMPTY',
      },
    ])
    .run(async ({ assert }, { change, description }) => {
      assert.equal(await api.refusal('sendInvoice', { chat_id: 7, ...invoice, ...change }), description)
    })
})
