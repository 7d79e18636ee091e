import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright'
import { CustomerFactory } from '#database/factories/customer_factory'
import Broadcast from '#broadcasts/models/broadcast'
import { NAVIGATION } from '#admin/shared/navigation'
import router from '@adonisjs/core/services/router'
import { resetDatabase } from '#tests/support/database'
import { createNotification } from '#tests/support/notifications'
import { createAdmin } from '#tests/support/staff'
import { assertAccessible, logIn, visit } from '#tests/browser/support/index'
import { widthOf } from '#tests/browser/support/axe'

const sections = () => NAVIGATION.map(({ route }) => router.builder().make(route))
const FURTHER = [
  '/admin/profile/password',
  '/admin/profile/two-factor',
  '/admin/sessions',
  '/admin/admins/create',
  '/admin/health/alerts',
  '/admin/customers?q=nobody-at-all&language=uk',
  '/admin/audit?from=2026-01-01&to=2026-01-02',
]

/** A page of each kind that shows one thing. */
async function shownThings(page: Page) {
  const customer = await CustomerFactory.merge({
    firstName: 'Олександра-Анастасія',
    lastName: 'Нечуй-Левицька',
  }).create()
  const message = await createNotification({ customerId: customer.id, status: 'UNKNOWN' })
  await visit(page, '/admin/broadcasts')
  await page.getByRole('button', { name: 'New broadcast' }).click()
  await page.waitForURL(/\/edit/)
  const { reference } = await Broadcast.firstOrFail()
  return [
    `/admin/customers/${customer.id}`,
    `/admin/customers/${customer.id}/messages/create`,
    `/admin/customers/${customer.id}/anonymisation/create`,
    `/admin/customers/bans/create?ids=${customer.id}`,
    `/admin/notifications/${message.id}`,
    `/admin/notifications/retries/create?ids=${message.id}`,
    `/admin/broadcasts/${reference}`,
    `/admin/broadcasts/${reference}/review?mode=now`,
    '/admin/admins/1',
    '/admin/audit/1',
  ]
}

test.group('Each page of the panel', (group) => {
  group.each.setup(() => resetDatabase())
  group.each.timeout(240_000)

  test('each section is accessible at any width and in any theme', async ({ browserContext }) => {
    await CustomerFactory.merge({ languageChosen: true }).createMany(3)
    await createNotification({ status: 'PERMANENT_FAILURE' })
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    for (const path of [...sections(), ...FURTHER]) {
      await visit(page, path)
      await assertAccessible(page)
    }
  })

  test('each page of one thing is, too', async ({ browserContext }) => {
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    for (const path of await shownThings(page)) {
      await visit(page, path)
      await assertAccessible(page)
    }
  })

  test('lists are searched, filtered and left for a thing without JavaScript, on a phone', async ({
    browser,
    assert,
    cleanup,
  }) => {
    await CustomerFactory.merge({ firstName: 'Olena', lastName: 'Kravets', language: 'uk' }).create()
    await CustomerFactory.merge({ firstName: 'Anna', lastName: 'Smith', language: 'en' }).create()
    const context = await (browser as Browser).newContext({
      javaScriptEnabled: false,
      viewport: { width: 380, height: 800 },
    })
    cleanup(() => context.close())
    await logIn(context, await createAdmin())
    const page = await context.newPage()
    for (const path of [...sections(), ...FURTHER]) {
      await visit(page, path)
      assert.isAtMost(await widthOf(page), 380, path)
    }

    await visit(page, '/admin/customers')
    assert.isFalse(await page.getByLabel('Language', { exact: true }).isVisible())
    await page.getByRole('button', { name: 'Filters' }).click()
    await page.getByLabel('Language', { exact: true }).selectOption('uk')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.waitForURL(/language=uk/)
    await page.getByRole('button', { name: 'Filters · 1' }).waitFor()
    const row = page.getByRole('row', { name: /Olena/ })
    assert.equal(await page.getByRole('row', { name: /Anna/ }).count(), 0)
    assert.equal(await row.locator('[data-label="Language"]').innerText(), 'Українська')
    await page.getByRole('link', { name: 'Olena Kravets' }).click()
    await page.getByRole('heading', { name: 'Olena Kravets', level: 1 }).waitFor()
  })
})
