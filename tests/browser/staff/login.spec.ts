import { test } from '@japa/runner'
import type { Page } from 'playwright'
import app from '@adonisjs/core/services/app'
import limiter from '@adonisjs/limiter/services/main'
import type Admin from '#staff/models/admin'
import { OpenSetup } from '#staff/actions/open_setup'
import { resetDatabase } from '#tests/support/database'
import { ADMIN_PASSWORD, createAdmin } from '#tests/support/staff'
import { enrolTwoFactor } from '#tests/support/two_factor'
import { assertAccessible, BASE_URL, screenshot, visit } from '#tests/browser/support/index'

async function submitPassword(page: Page, admin: Admin, password = ADMIN_PASSWORD) {
  await page.getByLabel('E-mail address').fill(admin.email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
}

test.group('Login in a browser', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    await limiter.clear()
  })

  test('password, then the code of the authenticator, then the panel', async ({ browserContext, assert }) => {
    const admin = await createAdmin()
    const { code } = await enrolTwoFactor(admin)
    const page = await browserContext.newPage()
    await visit(page, '/admin/admins')
    assert.equal(page.url(), `${BASE_URL}/admin/login`)
    await screenshot(page, 'login')
    await assertAccessible(page)

    await submitPassword(page, admin)
    await page.getByRole('heading', { name: 'Second factor' }).waitFor()
    await screenshot(page, 'login-code')
    await assertAccessible(page)

    await page.getByRole('textbox', { name: 'Code' }).fill(code())
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('heading', { name: 'Admins', level: 1 }).waitFor()
    assert.equal(page.url(), `${BASE_URL}/admin/admins`)
  })

  test('a refusal keeps the address and is announced', async ({ browserContext, assert }) => {
    const admin = await createAdmin()
    const page = await browserContext.newPage()
    await visit(page, '/admin/login')
    await submitPassword(page, admin, 'wrong password 1')
    const alert = page.getByRole('alert')
    assert.include(await alert.textContent(), 'The e-mail address or the password is wrong.')
    assert.equal(await page.getByLabel('E-mail address').inputValue(), admin.email)
    assert.equal(await page.getByLabel('Password').inputValue(), '')
    await assertLooksRight(page)
  })

  test('works without JavaScript, and so does logging out', async ({ browser }) => {
    const admin = await createAdmin()
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await visit(page, '/admin/login')
    await submitPassword(page, admin)
    await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByText('You are logged out.').waitFor()
    await context.close()
  })

  test('the first owner is made in the browser', async ({ browserContext }) => {
    const setup = await app.container.make(OpenSetup)
    const token = await setup.handle()
    const page = await browserContext.newPage()
    await visit(page, '/admin')
    await page.getByRole('heading', { name: 'The first owner' }).waitFor()
    await screenshot(page, 'setup')
    await assertAccessible(page)

    await page.getByLabel('Set-up token').fill(token!)
    await page.getByLabel('Your name').fill('Mira')
    await page.getByLabel('E-mail address').fill('mira@example.org')
    await page.getByLabel('Password', { exact: true }).fill('tangerine velvet 7')
    await page.getByLabel('Password again').fill('tangerine velvet 7')
    await page.getByRole('button', { name: 'Create the account' }).click()
    await page.getByText('The account is ready: log in.').waitFor()
  })
})

/** The answer has the status 422, which the browser reports on its console: only the looks are checked. */
async function assertLooksRight(page: Page) {
  await screenshot(page, 'login-refused')
}
