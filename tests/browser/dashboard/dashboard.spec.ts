import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Memory } from '#stats/memory'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { createNotification } from '#tests/support/notifications'
import { createAdmin } from '#tests/support/staff'
import { assertAccessible, logIn, screenshot, visit } from '#tests/browser/support/index'

const DAY = 86_400_000

test.group('Dashboard', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    const memory = await app.container.make(Memory)
    memory.forget()
  })

  test('shows the figures and opens the list behind each', async ({ browserContext }) => {
    await CustomerFactory.merge({ createdAt: Date.now(), lastActiveAt: Date.now() }).createMany(3)
    await CustomerFactory.apply('unreachable').create()
    await createNotification({ status: 'UNKNOWN' })
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, '/admin')
    await page.getByText('3 new customers').waitFor()
    await page.getByRole('link', { name: 'Reachable 3 75 % of all' }).waitFor()
    await page.getByRole('link', { name: 'Not delivered 1' }).click()
    await page.getByText('1-1 of 1').waitFor()
    await page.goBack()
    await page.getByRole('link', { name: '30 days' }).click()
    await page.getByRole('link', { name: 'Active 3' }).click()

    await page.getByText('1-3 of 3').waitFor()
  })

  test('is accessible', async ({ browserContext }) => {
    for (const [index, count] of [4, 9, 6, 14, 11, 7, 5].entries()) {
      const createdAt = Date.now() - (6 - index) * DAY
      const customers = await CustomerFactory.merge({ createdAt, lastActiveAt: createdAt }).createMany(count)
      for (const { id } of customers) await createNotification({ customerId: id, sentAt: createdAt })
    }
    await createNotification({ status: 'PENDING', scheduledAt: Date.now() - 90_000 })
    await createNotification({ status: 'UNKNOWN' })
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, '/admin')

    await screenshot(page, 'dashboard')
    await assertAccessible(page)
  })
})
