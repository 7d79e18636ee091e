import { test } from '@japa/runner'
import { CustomerFactory } from '#database/factories/customer_factory'
import Customer from '#customers/models/customer'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { assertAccessible, logIn, screenshot, visit } from '#tests/browser/support/index'

test.group('Customers', (group) => {
  group.each.setup(() => resetDatabase())

  test('an admin finds a customer, bans them with a reason and lifts the ban', async ({ assert, browserContext }) => {
    await CustomerFactory.merge({ firstName: 'Olena', lastName: 'Kravets', searchName: 'olena kravets' }).create()
    await CustomerFactory.createMany(30)
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, '/admin/customers')
    await screenshot(page, 'customers')
    await page.getByRole('searchbox').fill('OLENA k')
    await page.getByRole('searchbox').press('Enter')
    await page.getByRole('link', { name: 'Olena Kravets' }).click()
    await page.getByRole('link', { name: 'Ban', exact: true }).click()
    await screenshot(page, 'ban')
    await page.getByLabel('Reason').fill('Sells accounts')
    await page.getByRole('button', { name: 'Ban' }).click()

    await page.getByText('1 customer is banned now.').waitFor()
    const banned = await Customer.findByOrFail('search_name', 'olena kravets')
    assert.equal(banned.banReason, 'Sells accounts')

    await page.getByRole('link', { name: 'Lift the ban' }).click()
    await page.getByRole('button', { name: 'Lift the ban' }).click()
    await page.getByText('1 customer may use the bot again.').waitFor()
  })

  test('bans the chosen rows of the list', async ({ assert, browserContext }) => {
    const [first, second] = await CustomerFactory.createMany(3)
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, '/admin/customers')
    const ban = page.getByRole('button', { name: 'Ban', exact: true })
    assert.isTrue(await ban.isDisabled())
    await page.getByLabel('Select all rows of this page').check()
    await page.getByText('3 chosen').waitFor()
    await page.getByLabel('Select all rows of this page').uncheck()
    await page.getByLabel(first.displayName, { exact: true }).check()
    await page.getByLabel(second.displayName, { exact: true }).check()
    await ban.click()
    await page.getByLabel('Reason').fill('Spam ring')
    await page.getByRole('button', { name: 'Ban 2 customers' }).click()

    await page.getByText('2 customers are banned now.').waitFor()
    const banned = await Customer.query().whereNotNull('banned_at').orderBy('id')
    assert.deepEqual(
      banned.map(({ id }) => id),
      [first.id, second.id].sort()
    )
  })

  test('works without JavaScript', async ({ browser, assert }) => {
    const customer = await CustomerFactory.create()
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 380, height: 800 } })
    await logIn(context, await createAdmin())
    const page = await context.newPage()

    await visit(page, '/admin/customers')
    await page.getByRole('button', { name: 'Open the menu' }).click()
    await page.getByRole('link', { name: 'Outbox' }).click()
    assert.include(page.url(), '/admin/notifications')

    await visit(page, '/admin/customers?language=uk')
    await page.getByText('Nothing matches').waitFor()
    await page.getByRole('button', { name: 'Filters' }).click()
    await page.getByLabel('Language').selectOption('en')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByRole('link', { name: customer.displayName }).waitFor()
    await context.close()
  })

  test('every page is accessible', async ({ browserContext }) => {
    const customer = await CustomerFactory.apply('banned').apply('unreachable').create()
    const other = await CustomerFactory.merge({ referrerId: customer.id }).create()
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    const paths = {
      customers: '/admin/customers',
      'customers-nothing': '/admin/customers?q=nobody',
      customer: `/admin/customers/${other.id}`,
      'customer-banned': `/admin/customers/${customer.id}`,
      'customer-ban': `/admin/customers/bans/create?ids=${other.id}`,
      'customer-unban': `/admin/customers/unbans/create?ids=${customer.id}`,
      'customer-message': `/admin/customers/${customer.id}/messages/create`,
    }
    for (const [name, path] of Object.entries(paths)) {
      await visit(page, path)
      await screenshot(page, name)
      await assertAccessible(page)
    }
  })
})
