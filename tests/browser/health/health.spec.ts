import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Alerts } from '#core/contracts/alerts'
import { Heartbeat } from '#system/processes/heartbeat'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { assertAccessible, logIn, screenshot, visit } from '#tests/browser/support/index'

test.group('Health', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    const heartbeat = await app.container.make(Heartbeat)
    await heartbeat.enter('worker')
    return () => heartbeat.leave()
  })

  test('an admin sees what is wrong, checks again and closes an alert', async ({ browserContext }) => {
    const alerts = await app.container.make(Alerts)
    await alerts.raise({
      kind: 'jobs',
      severity: 'critical',
      fingerprint: 'job:orders.deliver',
      title: 'The job orders.deliver failed for good',
      details: { error: 'The provider answered 502 to the third attempt in a row', next: 'See the log' },
    })
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()

    await visit(page, '/admin/health')
    await screenshot(page, 'health')
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Check now' }).click()
    await page.getByText('Everything was checked just now.').waitFor()

    await page.getByRole('button', { name: 'Close', exact: true }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    await page.getByText('The alert is closed.').waitFor()

    await page.getByRole('link', { name: 'All alerts' }).click()
    await page.getByText('The job orders.deliver failed for good').waitFor()
    await screenshot(page, 'alerts')
    await assertAccessible(page)
  })
})
