import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import type Admin from '#staff/models/admin'
import Approval from '#staff/models/approval'
import Broadcast from '#broadcasts/models/broadcast'
import { approvalRequired } from '#broadcasts/settings'
import { BLOCKED, BROKEN, BroadcastWorld, SENT, UNKNOWN, text } from '#tests/support/broadcasts/world'
import { createAdmin } from '#tests/support/staff'
import { HOUR } from '#tests/support/test_clock'

const world = new BroadcastWorld()
const path = ({ reference }: Broadcast, tail = '') => `/admin/broadcasts/${reference}${tail}`

const post = (client: ApiClient, admin: Admin, url: string, fields: Record<string, string | number> = {}) =>
  client.post(url).form(fields).loginAs(admin).withCsrfToken().redirects(0)

test.group('Life of a broadcast in the panel', (group) => {
  group.each.setup(() => world.setup())
  group.each.teardown(() => world.teardown())

  test('the review shows who gets it, what, for how long, and confirms the revision it showed', async ({
    client,
    assert,
  }) => {
    const admin = await createAdmin()
    await world.customer({ firstName: 'Olena', language: 'en' })
    await world.customer({ firstName: 'Тарас', language: 'uk' })
    await world.customer({ firstName: 'Bob', language: 'en', unreachableAt: 1 })
    const broadcast = await world.draft({
      variants: [text('Hi <b>{first_name}</b>'), text('Привіт, {first_name}', { locale: 'uk' })],
    })

    const review = await client.get(path(broadcast, '/review?mode=moment&local=2026-06-02T10:00')).loginAs(admin)
    review.assertStatus(200)
    review.assertTextIncludes('Hi <strong>Olena</strong>')
    review.assertTextIncludes('Привіт, Тарас')
    review.assertTextIncludes('Not written in Russian')
    review.assertTextIncludes('Schedule for 2 Jun 10:00')
    assert.match(review.text(), /will receive it<\/dt>\s*<dd>2<\/dd>/)
    assert.match(review.text(), /unreachable, left out<\/dt>\s*<dd>1<\/dd>/)

    const fields = { mode: 'moment', local: '2026-06-02T10:00', revision: broadcast.revision }
    const stale = await post(client, admin, path(broadcast, '/schedule'), { ...fields, revision: 1 })
    stale.assertFlashMessage('error', 'The draft was changed since you reviewed it. Look at it again, then confirm.')
    const scheduled = await post(client, admin, path(broadcast, '/schedule'), fields)
    scheduled.assertHeader('location', path(broadcast))
    await broadcast.refresh()
    assert.equal(broadcast.status, 'scheduled')
    assert.equal(broadcast.scheduledAt, Date.UTC(2026, 5, 2, 10))
  })

  test('the time is meant in the zone of the admin', async ({ client, assert }) => {
    const admin = await createAdmin()
    await admin.merge({ timeZone: 'Europe/Kyiv' }).save()
    await world.customer()
    const broadcast = await world.draft()
    const fields = { mode: 'moment', local: '2026-12-01T10:00', revision: broadcast.revision }
    await post(client, admin, path(broadcast, '/schedule'), fields)
    await broadcast.refresh()
    assert.equal(broadcast.scheduledAt, Date.UTC(2026, 11, 1, 8))
  })

  test('a date that has passed and an audience of nobody are refused before anything is scheduled', async ({
    client,
    assert,
  }) => {
    const admin = await createAdmin()
    const broadcast = await world.draft()
    const review = await client.get(path(broadcast, '/review?mode=moment&local=2026-05-01T10:00')).loginAs(admin)
    review.assertTextIncludes('That moment has passed.')
    review.assertTextIncludes('Nobody would receive it.')
    assert.notInclude(review.text(), `action="${path(broadcast, '/schedule')}"`)

    const forced = await post(client, admin, path(broadcast, '/schedule'), {
      mode: 'moment',
      local: '2026-05-01T10:00',
      revision: broadcast.revision,
    })
    forced.assertFlashMessage('error', 'That moment has passed. Choose a later one, or send it now.')
    await broadcast.refresh()
    assert.equal(broadcast.status, 'draft')
  })

  test('the review compares with an earlier broadcast', async ({ client, assert }) => {
    const admin = await createAdmin()
    await world.customers(2, { language: 'en' })
    await world.customers(3, { language: 'uk' })
    await world.completed({ title: 'Last week', audience: segment('customers.language_is', { language: 'uk' }) })
    await world.customer({ language: 'uk' })
    const broadcast = await world.draft({ audience: segment('customers.language_is_not', { language: 'en' }) })

    const review = await client.get(path(broadcast, '/review?mode=now')).loginAs(admin)
    review.assertTextIncludes('Last week')
    assert.match(review.text(), /get both<\/dt>\s*<dd>3<\/dd>/)
    assert.match(review.text(), /did not get the earlier one<\/dt>\s*<dd>\+1<\/dd>/)
    assert.match(review.text(), /got the earlier one, not this<\/dt>\s*<dd>−0<\/dd>/)
  })

  test('with four eyes it waits for a second admin', async ({ client, assert }) => {
    await world.set(approvalRequired, true)
    const admin = await createAdmin()
    await world.customer()
    const broadcast = await world.draft()
    const review = await client.get(path(broadcast, '/review?mode=now')).loginAs(admin)
    review.assertTextIncludes('Ask for approval: Send now')
    await post(client, admin, path(broadcast, '/schedule'), { mode: 'now', revision: broadcast.revision })
    await broadcast.refresh()
    assert.equal(broadcast.status, 'awaiting_approval')
    const page = await client.get(path(broadcast)).loginAs(admin)
    page.assertTextIncludes('A second admin has to agree')
  })

  test('is paused, resumed and cancelled', async ({ client, assert }) => {
    const admin = await createAdmin()
    await world.customers(2)
    const broadcast = await world.sending()

    const page = await client.get(path(broadcast)).loginAs(admin)
    page.assertTextIncludes(`data-live="broadcasts/${broadcast.reference}"`)
    await post(client, admin, path(broadcast, '/pause'))
    await broadcast.refresh()
    assert.equal(broadcast.status, 'paused')
    await post(client, admin, path(broadcast, '/pause?_method=DELETE'))
    await broadcast.refresh()
    assert.equal(broadcast.status, 'sending')
    await post(client, admin, path(broadcast, '/cancellation'))
    await broadcast.refresh()
    assert.equal(broadcast.status, 'cancelled')
    const late = await post(client, admin, path(broadcast, '/pause'))
    late.assertFlashMessage('error', 'That can’t be done any more: the broadcast is cancelled.')
  })

  test('goes back to draft, is duplicated and deleted', async ({ client, assert }) => {
    const admin = await createAdmin()
    await world.customer()
    const broadcast = await world.draft()
    await world.schedule(broadcast, { mode: 'moment', local: '2026-06-05T10:00', zone: 'UTC' })

    const back = await post(client, admin, path(broadcast, '/schedule?_method=DELETE'))
    back.assertHeader('location', path(broadcast, '/edit'))
    const copied = await post(client, admin, path(broadcast, '/copies'))
    const copy = await Broadcast.query().whereNot('id', broadcast.id).firstOrFail()
    copied.assertHeader('location', path(copy, '/edit'))
    const deleted = await post(client, admin, path(copy, '?_method=DELETE'))
    deleted.assertHeader('location', '/admin/broadcasts')
    assert.isNull(await Broadcast.find(copy.id))

    const gone = await client.get(path(copy)).loginAs(admin)
    gone.assertStatus(404)
  })

  test('a broadcast that is being sent is not deleted', async ({ client, assert }) => {
    await world.customer()
    const broadcast = await world.sending()
    await post(client, await createAdmin(), path(broadcast, '?_method=DELETE'))
    await broadcast.refresh()
    assert.equal(broadcast.status, 'sending')
  })

  test('each follow-up shows its number first and does exactly that', async ({ client, assert }) => {
    const admin = await createAdmin()
    await world.customers(5)
    const answers = [SENT, SENT, BLOCKED, BROKEN, UNKNOWN]
    const broadcast = await world.completed({}, () => answers.shift() ?? SENT)

    const page = await client.get(path(broadcast)).loginAs(admin)
    page.assertTextIncludes('Retry 2 failed')
    page.assertTextIncludes('Resend 1 unknown')
    const retry = await client.get(path(broadcast, '/follow-ups/retry')).loginAs(admin)
    retry.assertTextIncludes('2 messages failed. Exactly those are sent once more')
    const resend = await client.get(path(broadcast, '/follow-ups/resend')).loginAs(admin)
    resend.assertTextIncludes('Of 1 message nobody knows whether it arrived.')

    await post(client, admin, path(broadcast, '/follow-ups/retry'))
    await world.fanOut()
    const rows = await world.rows(broadcast)
    assert.deepEqual(rows.map(({ status }) => status).sort(), ['PENDING', 'PENDING', 'SENT', 'SENT', 'UNKNOWN'])
  })

  test('is taken back within 48 hours, and no later', async ({ client, assert }) => {
    const admin = await createAdmin()
    await world.customers(2)
    const broadcast = await world.completed()
    const ask = await client.get(path(broadcast, '/follow-ups/unsend')).loginAs(admin)
    ask.assertTextIncludes('2 messages of the last 48 hours are deleted')

    world.clock.advance(49 * HOUR)
    const late = await client.get(path(broadcast, '/follow-ups/unsend')).loginAs(admin).redirects(0)
    late.assertFlashMessage('warning', 'Nothing can be taken back: Telegram allows it for 48 hours.')
    world.clock.advance(-49 * HOUR)
    await post(client, admin, path(broadcast, '/follow-ups/unsend'))
    await broadcast.refresh()
    assert.equal(broadcast.run, 'delete')
  })

  test('what was sent is changed; an image can’t be added to a text', async ({ client, assert }) => {
    const admin = await createAdmin()
    await world.customers(2)
    const broadcast = await world.completed({ variants: [text('Sale <b>today</b>')] })
    const page = await client.get(path(broadcast, '/correction')).loginAs(admin)
    page.assertTextIncludes('Sale &lt;b&gt;today&lt;/b&gt;')
    page.assertTextIncludes('Change 2 messages')

    const broken = await post(client, admin, path(broadcast, '/correction?_method=PUT'), correction('Sale <b>tomorrow'))
    broken.assertStatus(422)
    broken.assertTextIncludes('Line 1, character 6: &lt;b&gt; is never closed.')
    broken.assertTextIncludes('Sale &lt;b&gt;tomorrow')
    await broadcast.refresh()
    assert.equal(broadcast.version, 1)

    const done = await post(
      client,
      admin,
      path(broadcast, '/correction?_method=PUT'),
      correction('Sale <b>tomorrow</b>')
    )
    done.assertHeader('location', path(broadcast))
    await broadcast.refresh()
    assert.deepEqual([broadcast.version, broadcast.run, broadcast.status], [2, 'edit', 'sending'])
  })

  test('with four eyes a change of what was sent waits for a second admin', async ({ client, assert }) => {
    const admin = await createAdmin()
    await world.customers(2)
    const broadcast = await world.completed()
    await world.set(approvalRequired, true)
    const page = await client.get(path(broadcast, '/correction')).loginAs(admin)
    page.assertTextIncludes('A second admin has to agree to the new text')

    const asked = await post(client, admin, path(broadcast, '/correction?_method=PUT'), correction('Sale <b>soon</b>'))
    asked.assertFlashMessage('success', 'A second admin has to agree before the messages change.')
    const shown = await client.get(path(broadcast)).loginAs(admin)
    shown.assertTextIncludes('New text that waits for approval')
    shown.assertTextIncludes('Sale <strong>soon</strong>')

    const other = await createAdmin()
    const { id } = await Approval.firstOrFail()
    const request = await client.get(`/admin/approvals/${id}`).loginAs(other)
    request.assertTextIncludes('Sale &lt;b&gt;soon&lt;/b&gt;')
    await post(client, other, `/admin/approvals/${id}/approval`)
    await broadcast.refresh()
    assert.deepEqual([broadcast.version, broadcast.run, broadcast.status], [2, 'edit', 'sending'])
  })

  test('the winner of an A/B test goes to the rest', async ({ client, assert }) => {
    const admin = await createAdmin()
    await world.customers(20)
    const broadcast = await world.sending({ abShare: 50, variants: [text('A'), text('B', { variant: 'B' })] })
    await world.deliver()
    const page = await client.get(path(broadcast)).loginAs(admin)
    page.assertTextIncludes('Choose the text that everybody else gets.')
    await post(client, admin, path(broadcast, '/winner'), { winner: 'B' })
    await broadcast.refresh()
    assert.equal(broadcast.abWinner, 'B')
  })

  test('a role that may only look sees everything and changes nothing', async ({ client, assert }) => {
    const admin = await createAdmin({ role: 'support' })
    await world.customers(2)
    const broadcast = await world.sending()
    const page = await client.get(path(broadcast)).loginAs(admin)
    page.assertStatus(200)
    assert.notInclude(page.text(), 'Cancel broadcast')
    for (const tail of ['/pause', '/cancellation', '/copies', '/schedule', '/follow-ups/retry']) {
      const refused = await post(client, admin, path(broadcast, tail))
      refused.assertStatus(403)
    }
    await broadcast.refresh()
    assert.equal(broadcast.status, 'sending')
  })

  test('a forged CSRF token stops nothing', async ({ client, assert }) => {
    await world.customer()
    const broadcast = await world.sending()
    const forged = await client
      .post(path(broadcast, '/cancellation'))
      .form({ _csrf: 'x' })
      .loginAs(await createAdmin())
    forged.assertStatus(419)
    await broadcast.refresh()
    assert.equal(broadcast.status, 'sending')
  })
})

const segment = (key: string, parameters: Record<string, string | number>) => ({
  kind: 'segment' as const,
  conditions: [{ key, parameters }],
})

function correction(source: string) {
  const fields: Record<string, string> = { intent: 'save' }
  for (const locale of ['en', 'ru', 'uk']) {
    for (const variant of ['A', 'B']) {
      fields[`variants[${locale}][${variant}][source]`] = locale === 'en' && variant === 'A' ? source : ''
      fields[`variants[${locale}][${variant}][format]`] = 'html'
    }
  }
  return fields
}
