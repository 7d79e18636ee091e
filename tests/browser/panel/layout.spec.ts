import { test } from '@japa/runner'
import env from '#start/env'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { assertAccessible, logIn, screenshot, visit } from '#tests/browser/support/index'
import { backgroundOf } from '#tests/browser/support/axe'

const DARK = 'rgb(22, 24, 26)'

test.group('Every page of the panel', (group) => {
  group.each.setup(() => resetDatabase())

  test('follows the theme that the admin chose, whatever the system says', async ({ assert, browserContext }) => {
    const admin = await createAdmin()
    await logIn(browserContext, admin)
    const page = await browserContext.newPage()
    const looks = [
      { theme: 'auto', system: 'dark', isDark: true },
      { theme: 'auto', system: 'light', isDark: false },
      { theme: 'dark', system: 'light', isDark: true },
      { theme: 'light', system: 'dark', isDark: false },
    ] as const
    for (const { theme, system, isDark } of looks) {
      await admin.merge({ theme }).save()
      await page.emulateMedia({ colorScheme: system })
      await visit(page, '/admin')
      assert.equal((await backgroundOf(page)) === DARK, isDark, `${theme} on a ${system} system`)
    }
  })

  test('has a menu on a phone that the keyboard opens and closes', async ({ assert, browserContext }) => {
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    await page.setViewportSize({ width: 380, height: 800 })
    await visit(page, '/admin')
    const link = page.getByRole('link', { name: 'Customers', exact: true })
    assert.isFalse(await link.isVisible())

    await page.keyboard.press('Tab')
    assert.equal(await page.locator(':focus').innerText(), 'Skip to the content')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('#sidebar').getByRole('link', { name: 'Outbox' }).waitFor()
    await screenshot(page, 'menu')
    await page.keyboard.press('Escape')

    await page.locator('#sidebar').waitFor({ state: 'hidden' })
  })

  test('marks the section that is open', async ({ assert, browserContext }) => {
    const customer = await CustomerFactory.create()
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    await visit(page, `/admin/customers/bans/create?ids=${customer.id}`)

    const current = page.locator('#sidebar [aria-current=page]')
    assert.equal(await current.count(), 1)
    assert.include(await current.innerText(), 'Customers')
  })

  test('says when it runs in the sandbox, and leads there', async ({ assert, browserContext, cleanup }) => {
    env.set('SANDBOX_URL', 'http://127.0.0.1:9999')
    cleanup(() => env.set('SANDBOX_URL', undefined))
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    await visit(page, '/admin')

    assert.equal(await page.locator('#sidebar').getByText('sandbox').getAttribute('href'), 'http://127.0.0.1:9999')
    await assertAccessible(page)
  })
})
