import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import type Admin from '#staff/models/admin'
import { PauseBroadcast } from '#broadcasts/actions/pause_broadcast'
import type Broadcast from '#broadcasts/models/broadcast'
import { BroadcastWorld, text } from '#tests/support/broadcasts/world'
import { createAdmin } from '#tests/support/staff'

const world = new BroadcastWorld()
const path = ({ reference }: Broadcast, tail = '') => `/admin/broadcasts/${reference}${tail}`

const post = (client: ApiClient, admin: Admin, url: string, fields: Record<string, string | number> = {}) =>
  client.post(url).form(fields).loginAs(admin).withCsrfToken().redirects(0)

test.group('Broadcasts in trouble', (group) => {
  group.each.setup(() => world.setup())
  group.each.teardown(() => world.teardown())

  test('shows why it paused itself until it is resumed, without secrets', async ({ client, assert }) => {
    const admin = await createAdmin()
    await world.customer()
    const broadcast = await world.sending()
    const pause = await world.make(PauseBroadcast)
    const reason = 'no <b>condition</b> at postgres://kontora:geheim123@db/x'
    await pause.handle({ broadcastId: broadcast.id, actor: SYSTEM_ACTOR, reason })

    const page = await client.get(path(broadcast)).loginAs(admin)
    page.assertTextIncludes('It kept failing, so it was paused.')
    page.assertTextIncludes('no &lt;b&gt;condition&lt;/b&gt; at postgres://kontora:[redacted]@db/x')

    await post(client, admin, path(broadcast, '/pause?_method=DELETE'))
    await post(client, admin, path(broadcast, '/pause'))
    const pausedByAdmin = await client.get(path(broadcast)).loginAs(admin)
    assert.notInclude(pausedByAdmin.text(), 'It kept failing')
    await broadcast.refresh()
    assert.deepEqual([broadcast.status, broadcast.pauseReason], ['paused', null])
  })

  test('a text saved under milder rules is shown with its problem, and not scheduled', async ({ client, assert }) => {
    const admin = await createAdmin()
    await world.customer()
    const broadcast = await world.draft({ variants: [text('Hi {first_name}')] })
    const problem = '“https://{username}.example.org/” has a placeholder in its site.'
    await db
      .from('broadcast_variants')
      .where('broadcast_id', broadcast.id)
      .update({ html: '<a href="https://{username}.example.org/">{first_name}</a>' })

    for (const tail of ['/edit', '/review']) {
      const page = await client.get(path(broadcast, tail)).loginAs(admin)
      page.assertStatus(200)
      page.assertTextIncludes(problem)
    }
    const refused = await post(client, admin, path(broadcast, '/schedule'), {
      mode: 'now',
      revision: broadcast.revision,
    })
    assert.include(refused.flashMessage('error'), problem)
    await db.from('broadcasts').where('id', broadcast.id).update({ status: 'cancelled' })
    const shown = await client.get(path(broadcast)).loginAs(admin)
    shown.assertStatus(200)
    shown.assertTextIncludes(problem)
  })
})
