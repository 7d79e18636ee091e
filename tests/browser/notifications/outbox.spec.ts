import { test } from '@japa/runner'
import Notification from '#notifications/models/notification'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { assertAccessible, logIn, screenshot, visit } from '#tests/browser/support/index'
import { createNotification } from '#tests/support/notifications'

test.group('Outbox', (group) => {
  group.each.setup(() => resetDatabase())

  test('an admin looks up a message that failed and sends it again', async ({ assert, browserContext }) => {
    const customer = await CustomerFactory.create()
    const message = await createNotification({
      customerId: customer.id,
      chatId: customer.telegramId,
      status: 'PERMANENT_FAILURE',
      error: 'Bad Request: chat not found',
    })
    await createNotification({ status: 'SENT' })
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, '/admin/notifications')
    await page.getByLabel('Status').selectOption('problem')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('1-1 of 1').waitFor()
    await page.getByRole('link', { name: 'Support' }).click()
    await page.getByText('Hello <there>').waitFor()
    await page.getByRole('link', { name: 'Send again' }).click()
    await page.getByRole('button', { name: 'Send again' }).click()

    await page.getByText('1 message leaves again.').waitFor()
    const { status, attempts } = await Notification.findOrFail(message.id)
    assert.deepEqual({ status, attempts }, { status: 'PENDING', attempts: 0 })
  })

  test('every page is accessible', async ({ browserContext }) => {
    const customer = await CustomerFactory.create()
    const of = { customerId: customer.id, chatId: customer.telegramId }
    const failed = await createNotification({
      ...of,
      status: 'UNKNOWN',
      error: 'The worker ended before Telegram answered',
    })
    for (const status of ['PENDING', 'PROCESSING', 'SENT', 'FAILED', 'PERMANENT_FAILURE', 'CANCELLED'] as const) {
      await createNotification({ ...of, status })
    }
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    const paths = {
      outbox: '/admin/notifications',
      'outbox-message': `/admin/notifications/${failed.id}`,
      'outbox-retry': '/admin/notifications/retries/create?all=1',
      'outbox-cancel': '/admin/notifications/cancellations/create?all=1&status=waiting',
      'customer-with-messages': `/admin/customers/${customer.id}`,
    }
    for (const [name, path] of Object.entries(paths)) {
      await visit(page, path)
      await screenshot(page, name)
      await assertAccessible(page)
    }
  })
})
