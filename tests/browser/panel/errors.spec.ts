import { test } from '@japa/runner'
import { HttpContextFactory } from '@adonisjs/core/factories/http'
import i18nManager from '@adonisjs/i18n/services/main'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { assertAccessible, BASE_URL, logIn, screenshot, visit } from '#tests/browser/support/index'

const t = (key: string, data?: Record<string, number>) => i18nManager.locale('en').t(`errors.${key}`, data)

/** Pages that a test can't bring about without breaking something: as their templates draw them. */
const PAGES = [
  { status: 413, view: 'too_large', data: () => ({ message: t('too_large.text', { limit: 21 }), back: '/admin' }) },
  { status: 429, view: 'too_many', data: () => ({ message: t('too_many.text', { seconds: 40 }), back: '/admin' }) },
  { status: 500, view: 'server_error', data: () => ({ requestId: 'c3f0a2b8-77d1-4c0e-9a52-0f3f5e1d9d11' }) },
  { status: 503, view: 'off', data: () => ({ message: 'Payments are switched off: CRYPTO_PAY_TOKEN is not set.' }) },
]

test.group('Error pages', (group) => {
  group.each.setup(() => resetDatabase())

  test('403 and 404 are accessible, with a way on', async ({ browserContext }) => {
    await logIn(browserContext, await createAdmin({ role: 'support' }))
    const page = await browserContext.newPage()
    for (const [name, path] of Object.entries({ 'not-found': '/admin/nowhere', forbidden: '/admin/admins' })) {
      await page.goto(BASE_URL + path)
      await screenshot(page, name)
      await assertAccessible(page)
      await page.getByRole('link', { name: 'To the dashboard' }).click()
      await page.getByRole('heading', { name: 'Dashboard' }).waitFor()
    }
  })

  test('a form that expired says so and leads back to it', async ({ browserContext, assert }) => {
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    await visit(page, '/admin/profile')
    const form = page.locator('form', { has: page.getByLabel('Name', { exact: false }) }).first()
    await form.locator('input[name=_csrf]').evaluate((field: any) => (field.value = 'stale'))

    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await form.getByRole('button', { name: 'Save' }).click()

    const response = await answered
    assert.equal(response.status(), 419)
    await page.getByRole('heading', { name: 'This form has expired' }).waitFor()
    await page.getByRole('link', { name: 'Open the page again' }).click()
    await page.waitForURL(/\/admin\/profile$/)
  })

  test('{status} is accessible, with a way on')
    .with(PAGES)
    .run(async ({ browserContext, assert }, { status, view, data }) => {
      const body = await new HttpContextFactory().create().view.render(`errors/${view}`, data())
      const page = await browserContext.newPage()
      await page.route('**/broken', (route) => route.fulfill({ status, contentType: 'text/html', body }))
      await page.goto(`${BASE_URL}/broken`)
      await screenshot(page, view)

      await assertAccessible(page)
      assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1)
      assert.equal(await page.getByRole('main').getByRole('link').getAttribute('href'), '/admin')
    })
})
