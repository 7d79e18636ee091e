import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import { totpCode } from '#staff/two_factor/totp'
import { resetDatabase } from '#tests/support/database'
import { ADMIN_PASSWORD, createAdmin } from '#tests/support/staff'
import { assertAccessible, logIn, screenshot, visit } from '#tests/browser/support/index'

test.group('Profile in a browser', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    await limiter.clear()
  })

  test('the second factor is set up from the profile to the recovery codes', async ({ browserContext, assert }) => {
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    await visit(page, '/admin/profile')
    await screenshot(page, 'profile')
    await assertAccessible(page)

    await page.getByRole('link', { name: 'Manage' }).click()
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Set it up' }).click()
    await page.getByRole('img', { name: 'QR code' }).waitFor()
    await screenshot(page, 'two-factor-enrol')
    await assertAccessible(page)

    const key = await page.locator('.code-line code').textContent()
    await page.getByLabel('Code shown by the application').fill(totpCode(key!.replaceAll(' ', ''), Date.now()))
    await page.getByRole('button', { name: 'Switch it on' }).click()
    assert.equal(await page.locator('.code-list code').count(), 10)
    await screenshot(page, 'recovery-codes')
    await assertAccessible(page)

    await page.getByRole('link', { name: 'I have kept them' }).click()
    await page.getByRole('link', { name: 'Manage' }).click()
    await page.getByRole('heading', { name: 'Switch it off' }).waitFor()
    await screenshot(page, 'two-factor')
    await assertAccessible(page)
  })

  test('the theme and the time zone are chosen', async ({ browserContext, assert }) => {
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    await visit(page, '/admin/profile')
    await page.getByLabel('Time zone').fill('Europe/Kyiv')
    await page.getByLabel('Appearance').selectOption('dark')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Your profile is saved.').waitFor()
    assert.equal(await page.locator('html').getAttribute('data-bs-theme'), 'dark')
    assert.equal(await page.getByLabel('Time zone').inputValue(), 'Europe/Kyiv')
  })

  test('the password page, the sessions and a code for Telegram are accessible', async ({ browserContext }) => {
    const admin = await createAdmin()
    await logIn(browserContext, admin)
    await logIn(await browserContext.browser()!.newContext(), admin)
    const page = await browserContext.newPage()
    await visit(page, '/admin/profile/password')
    await screenshot(page, 'password')
    await assertAccessible(page)

    await visit(page, '/admin/sessions')
    await screenshot(page, 'sessions')
    await assertAccessible(page)
    await page.getByRole('button', { name: 'End', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End' }).click()
    await page.getByText('The session has ended.').waitFor()

    await visit(page, '/admin/profile')
    await page.getByLabel('Your password').fill(ADMIN_PASSWORD)
    await page.getByRole('button', { name: 'Get a code' }).click()
    await page.getByText('Send this to the bot').waitFor()
    await screenshot(page, 'profile-telegram')
    await assertAccessible(page)
  })
})
