import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { SandboxServer } from '#sandbox/server'
import { assertAccessible, screenshot, visit } from '#tests/browser/support/index'
import { CryptoPayClient } from '#tests/support/sandbox/crypto_pay'
import { FragmentVisitor } from '#tests/support/sandbox/fragment'
import { HeleketClient } from '#tests/support/sandbox/heleket'
import { ReceivingProduct } from '#tests/support/sandbox/product'

test.group('Sandbox | Pages of payments, Fragment and faults', (group) => {
  let sandbox: SandboxServer
  let product: ReceivingProduct

  group.each.setup(async () => {
    product = await ReceivingProduct.start()
    sandbox = await SandboxServer.start({ productUrl: product.url })
    return async () => {
      await sandbox.stop()
      await product.stop()
    }
  })

  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
  const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

  test('a person without JavaScript pays an invoice of Crypto Pay', async ({ browser, assert }) => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    const invoice = await new CryptoPayClient(sandbox).ok('createInvoice', {
      currency_type: 'fiat',
      fiat: 'USD',
      amount: '25',
      accepted_assets: 'TON,USDT',
      description: 'Top-up of 25 USD',
    })
    await page.goto(`${sandbox.url}/pay`)
    await page.getByRole('link', { name: /25.00 USD/ }).click()
    await says(page, 'Top-up of 25 USD')
    await press(page, /Pay .* TON/)
    await says(page, 'Paid with 8.012820513 TON.')
    await sandbox.webhooks.settled()

    assert.equal(product.messages[0].payload.invoice_id, invoice.invoice_id)
    await page.reload()
    await says(page, 'answered 200')
    await press(page, 'Send again: webhook 1')
    await page.getByRole('button', { name: 'Send again: webhook 2' }).waitFor()
    await sandbox.webhooks.settled()
    assert.lengthOf(product.received, 2)
    await context.close()
  })

  test('a payment of Heleket is paid short, then in full; another expires and is paid late', async ({
    browserContext,
    assert,
  }) => {
    const page = await browserContext.newPage()
    const api = new HeleketClient(sandbox)
    const { url } = await api.create({ network: undefined })
    await visit(page, url)
    await press(page, /10.5 TON on ton/)
    await page.getByLabel(/Another amount/).fill('4')
    await press(page, 'Send this amount')
    await says(page, '4 TON of 10.5 TON received.')
    await press(page, 'Send 6.5 TON')
    await says(page, '10.5 TON of 10.5 TON received.')

    const late = await api.create({ order_id: 'order-2' })
    await visit(page, late.url)
    await press(page, 'Let it expire')
    await says(page, 'Nothing was paid: cancel.')
    await press(page, 'Send 10.5 TON, too late')
    await says(page, '10.5 TON of 10.5 TON received.')
    await sandbox.webhooks.settled()
    assert.deepEqual(
      product.messages.filter(({ uuid }) => uuid === late.uuid).map(({ status }) => status),
      ['cancel', 'confirm_check', 'paid']
    )
    await page.goto(`${sandbox.url}/pay/heleket/nothing`)
    await says(page, 'Heleket knows no payment nothing.')
  })

  test('faults are added, shown and removed', async ({ browserContext, assert }) => {
    const page = await browserContext.newPage()
    await visit(page, `${sandbox.url}/faults`)
    await page.getByRole('region', { name: 'Heleket' }).getByRole('button', { name: 'Down (503)' }).click()
    await says(page, 'Heleket: Server error (5xx)')
    await page.getByLabel('What happens').selectOption('ton/message_lost')
    await page.getByLabel('How many times').fill('2')
    await press(page, 'Add the fault')
    await says(page, 'TON: Message accepted and lost')
    assert.containSubset(sandbox.faults.list(), [
      { service: 'heleket', status: 503 },
      { service: 'ton', remaining: 2 },
    ])
    await press(page, 'Remove: Heleket: Server error (5xx)')
    await page.getByRole('button', { name: 'Remove: Heleket: Server error (5xx)' }).waitFor({ state: 'detached' })
    await press(page, 'Remove all')
    await says(page, 'Everything works as it should.')
    assert.isEmpty(sandbox.faults.list())
  })

  test('every page is accessible in each look', async ({ browserContext }) => {
    const page = await browserContext.newPage()
    sandbox.customer({ id: 7, username: 'anna_k' })
    sandbox.faults.set({ service: 'fragment', kind: 'never_completes' })
    const invoice = await new CryptoPayClient(sandbox).ok('createInvoice', {
      asset: 'TON',
      amount: '10.5',
      description: 'Top-up of the balance',
      payload: 'KNT-4F7Q2M9XBA',
      expires_in: 3600,
    })
    const payment = await new HeleketClient(sandbox).create({ order_id: 'a'.repeat(128), is_payment_multiple: true })
    sandbox.heleket.pay(payment.uuid, { amount: '3.25' })
    await payForStars(new FragmentVisitor(sandbox))
    await sandbox.webhooks.settled()

    const pages = {
      payments: '/pay',
      'crypto-pay': `/pay/crypto-pay/${invoice.hash}`,
      heleket: `/pay/heleket/${payment.uuid}`,
      fragment: '/fragment-desk',
      faults: '/faults',
    }
    for (const [name, path] of Object.entries(pages)) {
      await visit(page, sandbox.url + path)
      await screenshot(page, `sandbox-${name}`)
      await assertAccessible(page)
    }
  }).timeout(120_000)
})

async function payForStars(visitor: FragmentVisitor) {
  const { Address, Cell } = await import('@ton/core')
  const { message } = await visitor.order('anna_k', 100)
  const body = Cell.fromBoc(Buffer.from(message.payload, 'base64'))[0]
  const outgoing = { to: Address.parse(message.address), value: BigInt(message.amount), body }
  await visitor.send(await visitor.transfer(0, [outgoing]))
}
