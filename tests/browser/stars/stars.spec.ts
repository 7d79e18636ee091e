import { test } from '@japa/runner'
import { createAdmin } from '#tests/support/staff'
import { money, StarsWorld, valueOf } from '#tests/support/stars/world'
import { assertAccessible, logIn, screenshot, visit } from '#tests/browser/support/index'
import { DAY } from '#tests/support/test_clock'

const recipient = { kind: 'username', username: 'petro_kovalenko' } as const

test.group('Stars shop', (group) => {
  const world = new StarsWorld()

  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('an admin adds a package, sees what customers see, and changes its price', async ({ browserContext }) => {
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, '/admin/stars')
    await page.getByRole('link', { name: 'New package' }).click()
    await page.getByLabel('Stars', { exact: true }).fill('300')
    await page.getByLabel('Bonus', { exact: true }).fill('30')
    await page.getByLabel('TON', { exact: true }).fill('270,50')
    await page.getByRole('button', { name: 'Add the package' }).click()
    await page.getByText('The package is in the shop.').waitFor()
    await page.getByText('saves 9 %').first().waitFor()

    await page.getByLabel('Price', { exact: true }).fill('240')
    await page.getByRole('button', { name: 'Set the price' }).click()
    await page.getByText('The price is in force.').waitFor()
    await page.getByText('saves 20 %').first().waitFor()
  })

  test('an admin delivers from the queue with a note', async ({ assert, browserContext }) => {
    const order = await world.queued(await world.customer(), { recipient })
    await logIn(browserContext, await createAdmin({ role: 'support' }))
    const page = await browserContext.newPage()

    await visit(page, '/admin/stars/orders/queue')
    await page.getByRole('button', { name: 'Delivered', exact: true }).click()
    await page.getByText('can’t be refunded').or(page.getByText("can't be refunded")).waitFor()
    await page.getByLabel('Note').fill('Sent from our account')
    await page.getByRole('dialog').getByRole('button', { name: 'Mark delivered' }).click()
    await page.getByText('1 order is delivered.').waitFor()
    await order.refresh()
    assert.equal(order.status, 'fulfilled')
  })

  test('an admin refunds an order after seeing what moves', async ({ assert, browserContext }) => {
    const order = await world.queued(await world.customer({ firstName: 'Olena', lastName: null }))
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, `/admin/stars/orders/${order.reference}`)
    await page.getByRole('link', { name: 'Refund' }).click()
    await page.getByText('Wallet of Olena').waitFor()
    await page.getByLabel('Reason').fill('Could not find the recipient')
    await page.getByRole('button', { name: 'Refund the order' }).click()
    await page.getByText('The price is back on the customer').waitFor()
    await order.refresh()
    assert.equal(order.status, 'refunded')
  })

  test('every page is accessible', async ({ browserContext }) => {
    const item = await world.package({
      stars: 1500,
      bonus: 150,
      prices: { TON: money('1100'), USD: money('3300', 'USD') },
    })
    const queued = await world.queued(await world.customer(), { recipient })
    world.clock.advance(DAY / 3)
    await world.queued(await world.customer())
    const { order } = valueOf(await world.buyByInvoice(await world.customer({ ton: '0' })))
    const delivered = await world.queued(await world.customer(), { choice: { stars: 250 } })
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    const paths = {
      stars: '/admin/stars',
      'package-new': '/admin/stars/packages/create',
      package: `/admin/stars/packages/${item.id}`,
      fragment: '/admin/stars/fragment',
      orders: '/admin/stars/orders',
      order: `/admin/stars/orders/${queued.reference}`,
      'order-unpaid': `/admin/stars/orders/${order.reference}`,
      queue: '/admin/stars/orders/queue',
      deliver: `/admin/stars/orders/deliveries/create?ids=${queued.id},${delivered.id}`,
      'order-refund': `/admin/stars/orders/${queued.reference}/refund/create`,
    }
    for (const [name, path] of Object.entries(paths)) {
      await visit(page, path)
      await screenshot(page, name)
      await assertAccessible(page)
    }
  }).timeout(240_000)
})
