import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Settings } from '#core/contracts/settings'
import { dailyCap, quietHours } from '#broadcasts/settings'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { assertAccessible, logIn, screenshot, visit } from '#tests/browser/support/index'

test.group('Settings', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    const settings = await app.container.make(Settings)
    settings.forget()
    return () => settings.forget()
  })

  test('an admin corrects a refused value and saves', async ({ assert, browserContext }) => {
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    const card = page.locator('#broadcasts')

    await visit(page, '/admin/settings')
    await card.getByLabel('Broadcasts a day').fill('1000')
    await card.getByLabel('Quiet hours').check()
    await card.getByRole('button', { name: 'Save' }).click()
    await card.getByText('Broadcasts a day must be at most 100.').waitFor()
    assert.isTrue(await card.getByLabel('Quiet hours').isChecked())
    await screenshot(page, 'settings-refused')
    await assertAccessible(page)

    await card.getByLabel('Broadcasts a day').fill('2')
    await card.getByRole('button', { name: 'Save' }).click()
    await page.getByText('2 settings were saved.').waitFor()

    const settings = await app.container.make(Settings)
    assert.equal(await settings.get(dailyCap), 2)
    assert.isTrue(await settings.get(quietHours))
  })

  test('is accessible, also for whoever may only look', async ({ browserContext, assert }) => {
    await logIn(browserContext, await createAdmin({ role: 'read-only' }))
    const page = await browserContext.newPage()

    await visit(page, '/admin/settings')

    assert.equal(await page.getByRole('button', { name: 'Save' }).count(), 0)
    await screenshot(page, 'settings')
    await assertAccessible(page)
  })
})
