import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import limiter from '@adonisjs/limiter/services/main'
import { ok } from '#core/result'
import { Approvals } from '#core/contracts/approvals'
import { SecurityEvents } from '#core/contracts/security_events'
import { transaction } from '#core/database/transaction'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { enrolTwoFactor } from '#tests/support/two_factor'
import { assertAccessible, logIn, screenshot, visit } from '#tests/browser/support/index'

test.group('Admins in a browser', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    await limiter.clear()
  })

  test('an owner makes an admin, changes the role and reads both in the audit log', async ({
    browserContext,
    assert,
  }) => {
    await logIn(browserContext, await createAdmin({ fullName: 'Zoe' }))
    const page = await browserContext.newPage()
    await visit(page, '/admin/admins')
    await screenshot(page, 'admins')
    await assertAccessible(page)

    await page.getByRole('link', { name: 'New admin' }).click()
    await assertAccessible(page)
    await page.getByLabel('Name').fill('Taras Shevchenko')
    await page.getByLabel('E-mail address').fill('taras@example.org')
    await page.getByLabel('Role').selectOption('support')
    await page.getByRole('button', { name: 'Create the admin' }).click()
    await page.getByText('Password, shown only now:').waitFor()
    await screenshot(page, 'admin-created')
    await assertAccessible(page)

    await page.getByLabel('Role').selectOption('finance')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The admin is saved.').waitFor()

    await page.getByRole('link', { name: 'What was done to the account' }).click()
    await screenshot(page, 'audit')
    await assertAccessible(page)
    await page.getByRole('link', { name: 'Changed an admin' }).click()
    await screenshot(page, 'audit-entry')
    await assertAccessible(page)
    assert.equal(await page.locator('del').textContent(), 'support')
    assert.equal(await page.locator('ins').textContent(), 'finance')
  })

  test('an admin is disabled after a question', async ({ browserContext }) => {
    await logIn(browserContext, await createAdmin())
    const admin = await createAdmin({ role: 'support', fullName: 'Taras' })
    await enrolTwoFactor(admin)
    await logIn(await browserContext.browser()!.newContext(), admin)
    const page = await browserContext.newPage()
    await visit(page, `/admin/admins/${admin.id}`)
    await screenshot(page, 'admin')
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Disable' }).click()
    await screenshot(page, 'admin-disable')
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    await page.getByText('The admin is disabled and logged out everywhere.').waitFor()
  })

  test('what a role may not do is not offered', async ({ browserContext, assert }) => {
    const manager = await createAdmin({ role: 'manager' })
    await logIn(browserContext, manager)
    const page = await browserContext.newPage()
    await visit(page, '/admin/admins')
    assert.equal(await page.getByRole('link', { name: 'New admin' }).count(), 0)
    const owner = await createAdmin()
    await visit(page, `/admin/admins/${owner.id}`)
    assert.equal(await page.getByRole('button', { name: 'Disable' }).count(), 0)
    assert.equal(await page.getByRole('button', { name: 'Save' }).count(), 0)
    await assertAccessible(page)
  })

  test('the security page and the approvals are accessible, and a second admin approves', async ({
    browserContext,
  }) => {
    const [requester, approver] = [await createAdmin({ fullName: 'Ada' }), await createAdmin()]
    const events = await app.container.make(SecurityEvents)
    await events.report({ kind: 'webhook.forged', subject: 'telegram', ip: '10.9.8.7' })
    await events.report({ kind: 'login.failed', subject: 'mira@example.org', ip: '10.9.8.7' })
    const approvals = await app.container.make(Approvals)
    approvals.register({
      action: 'test.launch',
      permission: 'broadcasts.send',
      describe: async () => ({ title: 'Send "Weekly digest"', facts: [{ label: 'Audience', value: '4 300' }] }),
      execute: async () => ok(),
    })
    await transaction((trx) =>
      approvals.request(trx, {
        action: 'test.launch',
        subjectType: 'rocket',
        subjectId: 1,
        payload: {},
        requestedBy: requester.id,
        expiresAt: Date.now() + 3_600_000,
      })
    )
    await logIn(browserContext, approver)
    const page = await browserContext.newPage()
    await visit(page, '/admin/security')
    await screenshot(page, 'security')
    await assertAccessible(page)

    await visit(page, '/admin/approvals')
    await screenshot(page, 'approvals')
    await assertAccessible(page)
    await page.getByRole('link', { name: 'test.launch' }).click()
    await screenshot(page, 'approval')
    await assertAccessible(page)
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
    await page.getByText('Approved and carried out.').waitFor()
    await assertAccessible(page)
  })
})
