import { test } from '@japa/runner'
import { whereOutcome } from '#broadcasts/outcomes/outcome_filter'
import { outcomeOf } from '#broadcasts/outcomes/classify'
import { OUTCOMES } from '#broadcasts/values'
import db from '@adonisjs/lucid/services/db'
import { BLOCKED, BROKEN, BroadcastWorld, SENT, UNKNOWN } from '#tests/support/broadcasts/world'
import { createAdmin } from '#tests/support/staff'

const world = new BroadcastWorld()

test.group('Recipients of a broadcast', (group) => {
  group.each.setup(() => world.setup())
  group.each.teardown(() => world.teardown())

  async function sent() {
    for (const firstName of ['Anna', 'Borys', 'Clara', 'Dmytro'])
      await world.customer({ firstName, searchName: firstName.toLowerCase() })
    const answers = [SENT, BLOCKED, BROKEN, UNKNOWN]
    return world.completed({}, () => answers.shift() ?? SENT)
  }

  test('each outcome is a list of its own, with reasons', async ({ client, assert }) => {
    const broadcast = await sent()
    const admin = await createAdmin({ role: 'read-only' })
    const listed = async (query: string) => {
      const page = await client.get(`/admin/broadcasts/${broadcast.reference}/recipients?${query}`).loginAs(admin)
      page.assertStatus(200)
      return ['Anna', 'Borys', 'Clara', 'Dmytro'].filter((name) => page.text().includes(name))
    }
    assert.deepEqual(await listed(''), ['Anna', 'Borys', 'Clara', 'Dmytro'])
    assert.deepEqual(await listed('outcome=sent'), ['Anna'])
    assert.deepEqual(await listed('outcome=blocked'), ['Borys'])
    assert.deepEqual(await listed('outcome=failed'), ['Clara'])
    assert.deepEqual(await listed('outcome=unknown'), ['Dmytro'])
    assert.deepEqual(await listed('outcome=open'), [])
    assert.deepEqual(await listed('q=clar'), ['Clara'])

    const failed = await client.get(`/admin/broadcasts/${broadcast.reference}/recipients?outcome=failed`).loginAs(admin)
    failed.assertTextIncludes('400: Bad Request: something else')
  })

  test('the CSV holds what the list is filtered to', async ({ client, assert }) => {
    const broadcast = await sent()
    const csv = await client
      .get(`/admin/broadcasts/${broadcast.reference}/recipients?outcome=blocked&format=csv`)
      .loginAs(await createAdmin())
    assert.match(csv.header('content-type')!, /^text\/csv/)
    const lines = csv.text().trim().split('\n')
    assert.lengthOf(lines, 2)
    assert.match(lines[0], /telegram_id,username,first_name,last_name,language,outcome/)
    assert.match(lines[1], /Borys.*blocked,PERMANENT_FAILURE.*blocked by the user/)

    const found = await client
      .get(`/admin/broadcasts/${broadcast.reference}/recipients?q=clara&format=csv`)
      .loginAs(await createAdmin())
    assert.lengthOf(found.text().trim().split('\n'), 2)
    assert.include(found.text(), 'Clara')
  })

  test('the filter and the counters mean the same by an outcome', async ({ assert }) => {
    const broadcast = await sent()
    const [row] = await world.rows(broadcast)
    const errors = [
      null,
      '403',
      '403: Forbidden',
      '4031 other',
      'Forbidden: x',
      '400: Bad Request: chat not found',
      '500',
      'user is DEACTIVATED',
    ]
    for (const status of [
      'PENDING',
      'PROCESSING',
      'FAILED',
      'SENT',
      'UNKNOWN',
      'CANCELLED',
      'PERMANENT_FAILURE',
    ] as const) {
      for (const error of errors) {
        await row.merge({ status, error }).save()
        for (const outcome of OUTCOMES) {
          const query = db.from('notifications').where('notifications.id', row.id)
          whereOutcome(query, outcome)
          const found = await query
          assert.equal(found.length === 1, outcomeOf(status, error) === outcome, `${status} ${error} ${outcome}`)
        }
      }
    }
  })

  test('the list of broadcasts counts and filters by state', async ({ client, assert }) => {
    const broadcast = await sent()
    await world.draft({ title: 'Still a draft' })
    const admin = await createAdmin()
    const all = await client.get('/admin/broadcasts').loginAs(admin)
    all.assertTextIncludes('Still a draft')
    all.assertTextIncludes('1 of 4 sent')
    const completed = await client.get('/admin/broadcasts?status=completed').loginAs(admin)
    assert.notInclude(completed.text(), 'Still a draft')
    assert.include(completed.text(), broadcast.reference)
    const found = await client.get('/admin/broadcasts?q=still').loginAs(admin)
    assert.include(found.text(), 'Still a draft')
    assert.notInclude(found.text(), broadcast.reference)
    const csv = await client.get('/admin/broadcasts?format=csv&status=completed').loginAs(admin)
    assert.lengthOf(csv.text().trim().split('\n'), 2)
  })
})
