import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import WebhookDelivery from '#staff/models/webhook_delivery'
import { emit, entryConfirmed } from '#tests/support/api/events'
import { givenListener } from '#tests/support/api/keys'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { assertAccessible, logIn, screenshot, visit } from '#tests/browser/support/index'

test.group('API keys in a browser', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    await limiter.clear()
  })

  test('an owner makes a key, gives it a webhook and revokes it', async ({ browserContext }) => {
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    await visit(page, '/admin/api')
    await assertAccessible(page)
    await page.getByRole('link', { name: 'New key' }).click()
    await page.getByLabel('Name').fill('Till')
    await page.getByRole('button', { name: 'Make the key' }).click()
    await page.getByText('Choose at least one thing').waitFor()
    await screenshot(page, 'api-create')
    await assertAccessible(page)

    await page.getByLabel('Read the raffle').check()
    await page.getByLabel('Allowed addresses').fill('10.0.0.0/8')
    await page.getByRole('button', { name: 'Make the key' }).click()
    await page.getByText('Key, shown only now:').waitFor()
    await page.getByLabel('Address', { exact: true }).fill('https://shop.example/hook')
    await page.getByLabel('Winner picked').check()
    await page.getByRole('button', { name: 'Save the webhook' }).click()
    await page.getByText('Secret to check signatures with, shown only now:').waitFor()
    await screenshot(page, 'api-key')
    await assertAccessible(page)

    await page.getByText('Revoke', { exact: true }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('The key is revoked.').waitFor()
    await assertAccessible(page)
    await visit(page, '/admin/api')
    await screenshot(page, 'api-keys')
  })

  test('what a program was told is read and told again', async ({ browserContext }) => {
    const { key } = await givenListener('https://shop.example/hook')
    for (const block of [1, 2]) await emit(entryConfirmed(block))
    const delivery = await WebhookDelivery.firstOrFail()
    const failed = {
      status: 'failed',
      error: 'It answered 500',
      responseStatus: 500,
      attempts: 9,
      duration: 120,
    } as const
    await delivery.merge({ ...failed, attemptedAt: delivery.createdAt, nextAttemptAt: null }).save()

    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    await visit(page, `/admin/api/deliveries?key=${key.id}`)
    await screenshot(page, 'api-deliveries')
    await assertAccessible(page)
    await visit(page, `/admin/api/deliveries/${delivery.id}`)
    await screenshot(page, 'api-delivery')
    await assertAccessible(page)
    await page.getByText('Tell again', { exact: true }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Tell again' }).click()
    await page.getByText('It is told again.').waitFor()
  })
})
