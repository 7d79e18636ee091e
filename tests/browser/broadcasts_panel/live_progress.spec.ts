import { test } from '@japa/runner'
import { BLOCKED, BroadcastWorld, SENT } from '#tests/support/broadcasts/world'
import { createAdmin } from '#tests/support/staff'
import { assertAccessible, assertNoComplaints, logIn, screenshot, visit } from '#tests/browser/support/index'

const world = new BroadcastWorld()

test.group('Live progress', (group) => {
  group.each.setup(() => world.setup())
  group.each.teardown(() => world.teardown())

  test('a page that watches is told without being loaded again', async ({ browserContext, assert }) => {
    await world.customers(8)
    const broadcast = await world.sending()
    await logIn(browserContext, await createAdmin({ role: 'read-only' }))
    const page = await browserContext.newPage()
    const subscribed = page.waitForResponse((response) => response.url().endsWith('/__transmit/subscribe'))
    await visit(page, `/admin/broadcasts/${broadcast.reference}`)
    const { status } = await subscribed.then((response) => ({ status: response.status() }))
    assert.equal(status, 204)
    await page.evaluate(() => ((window as any).wasNotReloaded = true))

    const answers = [SENT, SENT, SENT, BLOCKED]
    await world.deliver(() => answers.shift() ?? null)
    await page.locator('[data-live-text="percent"]', { hasText: '50 %' }).waitFor()
    await page.locator('[data-live-text="sent"]', { hasText: /^3$/ }).waitFor()
    await page.locator('[data-live-text="blocked"]', { hasText: /^1$/ }).waitFor()
    assert.isTrue(await page.evaluate(() => (window as any).wasNotReloaded))
    assert.equal(await page.locator('progress').getAttribute('value'), '4')
    await screenshot(page, 'sending')
    await assertAccessible(page)

    await world.deliver()
    await world.windUp()
    await page.locator('.chip', { hasText: 'completed' }).first().waitFor()
    assert.isUndefined(await page.evaluate(() => (window as any).wasNotReloaded))
    assertNoComplaints(page)
  })

  test('a page that was opened before the start follows it', async ({ browserContext }) => {
    await world.customers(2)
    const broadcast = await world.draft()
    await world.schedule(broadcast)
    await logIn(browserContext, await createAdmin({ role: 'read-only' }))
    const page = await browserContext.newPage()
    const subscribed = page.waitForResponse((response) => response.url().endsWith('/__transmit/subscribe'))
    await visit(page, `/admin/broadcasts/${broadcast.reference}`)
    await subscribed

    await world.start()
    await world.fanOut()
    await world.deliver()
    await page.locator('[data-live-text="percent"]', { hasText: '100 %' }).waitFor()
    assertNoComplaints(page)
  })

  test('nobody else is told: no channel is open without a right to it', async ({ browserContext, assert }) => {
    await world.customers(2)
    const broadcast = await world.sending()
    await logIn(browserContext, await createAdmin())
    const page = await browserContext.newPage()
    await visit(page, '/admin/broadcasts')
    const subscribe = (channel: string, withToken: boolean) =>
      page.evaluate(
        async ([name, token]) => {
          const uid = crypto.randomUUID()
          const source = new EventSource(`/__transmit/events?uid=${uid}`)
          await new Promise((resolve) => source.addEventListener('open', resolve))
          const cookie = /XSRF-TOKEN=([^;]*)/.exec(document.cookie)![1]
          const response = await fetch('/__transmit/subscribe', {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              accept: 'application/json',
              ...(token ? { 'x-xsrf-token': decodeURIComponent(cookie) } : {}),
            },
            body: JSON.stringify({ uid, channel: name }),
          })
          source.close()
          return response.status
        },
        [channel, withToken] as const
      )
    assert.equal(await subscribe(`broadcasts/${broadcast.reference}`, true), 204)
    assert.equal(await subscribe('anything/else', true), 400)
    assert.equal(await subscribe('secrets', true), 400)
    assert.equal(await subscribe(`broadcasts/${broadcast.reference}`, false), 419)
  })

  test('a visitor gets no stream', async ({ browserContext, assert }) => {
    const page = await browserContext.newPage()
    await createAdmin()
    await visit(page, '/admin/login')
    const { status, url } = await page.evaluate(async () => {
      const response = await fetch('/__transmit/events?uid=1', { headers: { accept: 'application/json' } })
      return { status: response.status, url: response.url }
    })
    assert.equal(status, 401, url)
  })
})
