import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { pngImage } from '#tests/support/images'
import { createAdmin } from '#tests/support/staff'
import type Admin from '#staff/models/admin'
import type { Role } from '#staff/roles'
import Broadcast from '#broadcasts/models/broadcast'
import BroadcastVariant from '#broadcasts/models/broadcast_variant'
import MediaFile from '#notifications/models/media_file'
import { createDraft, draftFields } from './draft_form.js'

type Changes = Parameters<typeof draftFields>[0]

const post = (client: ApiClient, admin: Admin, broadcast: Broadcast, changes: Changes = {}) =>
  client
    .put(`/admin/broadcasts/${broadcast.reference}`)
    .fields(draftFields(changes))
    .loginAs(admin)
    .withCsrfToken()
    .redirects(0)

test.group('Draft of a broadcast', (group) => {
  group.each.setup(() => resetDatabase())
  group.teardown(() => resetDatabase())

  test('"New broadcast" opens an empty one', async ({ client, assert }) => {
    const created = await client
      .post('/admin/broadcasts')
      .loginAs(await createAdmin())
      .withCsrfToken()
      .redirects(0)

    const broadcast = await Broadcast.firstOrFail()
    created.assertHeader('location', `/admin/broadcasts/${broadcast.reference}/edit`)
    assert.equal(broadcast.status, 'draft')
  })

  test('saves everything the form holds and shows it again', async ({ client, assert }) => {
    const admin = await createAdmin()
    const broadcast = await createDraft()
    const customer = await CustomerFactory.create()
    const response = await post(client, admin, broadcast, {
      title: 'Weekly digest',
      'variants[uk][A][source]': 'Лише цього тижня',
      'variants[en][A][buttons][0][row]': 0,
      'variants[en][A][buttons][0][text]': 'Buy stars',
      'variants[en][A][buttons][0][kind]': 'url',
      'variants[en][A][buttons][0][url]': 'https://example.com/stars',
      'variants[en][A][buttons][1][row]': 3,
      'variants[en][A][buttons][1][text]': 'Menu',
      'variants[en][A][buttons][1][kind]': 'menu',
      'variants[en][A][buttons][2][row]': 3,
      'variants[en][A][buttons][2][text]': '',
      'variants[en][A][buttons][2][kind]': 'url',
      'audience[kind]': 'customer',
      'audience[customer]': `@${customer.username}`,
      quietOn: 'on',
      sendOnceKey: 'autumn-2030',
      recurrence: 'weekly',
    })

    response.assertStatus(302)
    await broadcast.refresh()
    assert.containsSubset(broadcast.serialize(), {
      title: 'Weekly digest',
      category: 'offers',
      audience: { kind: 'customer', customerId: customer.id },
      quietFrom: '22:00',
      quietTo: '08:00',
      sendOnceKey: 'autumn-2030',
      recurrence: 'weekly',
    })
    const texts = await BroadcastVariant.query().orderBy('locale')
    assert.deepEqual(
      texts.map(({ locale, html }) => [locale, html]),
      [
        ['en', 'Only <b>this week</b>, {first_name}'],
        ['uk', 'Лише цього тижня'],
      ]
    )
    assert.deepEqual(texts[0].buttons, [
      [{ text: 'Buy stars', url: 'https://example.com/stars' }],
      [{ text: 'Menu', action: 'menu' }],
    ])

    const page = await client.get(response.header('location')!).loginAs(admin)
    page.assertTextIncludes('Only &lt;b&gt;this week&lt;/b&gt;, {first_name}')
    page.assertTextIncludes(`value="@${customer.username}"`)
    page.assertTextIncludes('Schedule for 1 Dec 2030 10:00')
  })

  test('Markdown is stored as Telegram HTML', async ({ client, assert }) => {
    const broadcast = await createDraft()
    await post(client, await createAdmin(), broadcast, {
      'variants[en][A][format]': 'markdown',
      'variants[en][A][source]': '*Only* this ||week||',
    })
    const { html } = await BroadcastVariant.firstOrFail()
    assert.equal(html, '<b>Only</b> this <tg-spoiler>week</tg-spoiler>')
  })

  test('refuses {field}, keeps what was typed and saves nothing')
    .with<Array<{ field: string; changes: Record<string, string | number>; says: string }>>([
      {
        field: 'broken markup with its position',
        changes: { 'variants[en][A][source]': 'first line\nsecond <b>line' },
        says: 'Line 2, character 8: &lt;b&gt; is never closed.',
      },
      {
        field: 'a text that is too long after entities',
        changes: { 'variants[en][A][source]': `<b>${'x'.repeat(4097)}</b>` },
        says: 'The text has 4,097 characters after its formatting is taken out; Telegram allows 4,096.',
      },
      {
        field: 'an unknown placeholder',
        changes: { 'variants[en][A][source]': 'Hi {balance}' },
        says: 'Line 1, character 4: “balance” is no placeholder',
      },
      {
        field: 'an invalid button URL',
        changes: {
          'variants[en][A][buttons][0][row]': 0,
          'variants[en][A][buttons][0][text]': 'Go',
          'variants[en][A][buttons][0][kind]': 'url',
          'variants[en][A][buttons][0][url]': 'javascript:alert(1)',
        },
        says: 'is no address that Telegram opens',
      },
      { field: 'an empty title', changes: { title: '' }, says: 'Write a title of 1 to 120 characters.' },
      {
        field: 'a segment without conditions',
        changes: { 'audience[kind]': 'segment' },
        says: 'Add at least one condition',
      },
      {
        field: 'a customer nobody knows',
        changes: { 'audience[kind]': 'customer', 'audience[customer]': '@nobody_at_all' },
        says: 'No customer has this Telegram id or @username.',
      },
      {
        field: 'a condition out of range',
        changes: {
          'audience[kind]': 'segment',
          'audience[conditions][0][key]': 'customers.active_within',
          'audience[conditions][0][parameters][days]': 'soon',
        },
        says: 'Write a whole number from 1 to 3650.',
      },
      {
        field: 'a bad send-once key',
        changes: { sendOnceKey: 'not a key!' },
        says: 'Up to 64 letters, digits and . _ : -',
      },
    ])
    .run(async ({ client, assert }, { changes, says }) => {
      const broadcast = await createDraft()
      const response = await post(client, await createAdmin(), broadcast, { category: 'events', ...changes })

      response.assertStatus(422)
      response.assertTextIncludes(says)
      response.assertTextIncludes('Nothing was saved')
      for (const value of Object.values(changes)) {
        if (typeof value === 'string' && value.length > 3 && !value.startsWith('customers.'))
          response.assertTextIncludes(value.slice(0, 12).replace('<', '&lt;').replace('>', '&gt;'))
      }
      response.assertTextIncludes('<option value="events" selected>')
      await broadcast.refresh()
      assert.equal(broadcast.category, 'announcements')
      assert.isNull(await BroadcastVariant.first())
    })

  test('keeps the chosen image when something else is wrong', async ({ client, assert }) => {
    const broadcast = await createDraft()
    const admin = await createAdmin()
    const response = await client
      .put(`/admin/broadcasts/${broadcast.reference}`)
      .fields(draftFields({ title: '' }))
      .file('images[en][A]', pngImage(1280, 720), { filename: 'Осінь autumn.png', contentType: 'image/png' })
      .loginAs(admin)
      .withCsrfToken()

    response.assertStatus(422)
    const image = await MediaFile.firstOrFail()
    response.assertTextIncludes(`name="variants[en][A][mediaKey]" value="${image.key}"`)
    response.assertTextIncludes('1280 × 720')
    assert.deepEqual([image.mime, image.width, image.height], ['image/png', 1280, 720])

    const picture = await client.get(`/admin/broadcasts/images/${image.key}`).loginAs(admin)
    picture.assertStatus(200)
    picture.assertHeader('content-type', 'image/png')
    picture.assertHeader('x-content-type-options', 'nosniff')
    assert.match(picture.header('content-disposition')!, /^attachment; filename="autumn\.png"$/)
  })

  test('refuses {name} as an image')
    .with([
      {
        name: 'a text called .png',
        bytes: Buffer.from('<svg onload=alert(1)>'),
        says: 'This file is no JPEG, PNG or WebP image',
      },
      { name: 'a long strip', bytes: pngImage(2100, 100), says: 'one side at most 20 times the other' },
      { name: 'too many pixels', bytes: pngImage(9000, 1100), says: 'width and height up to 10,000 together' },
      {
        name: 'more than 10 MB',
        bytes: Buffer.concat([pngImage(10, 10), Buffer.alloc(10 * 1024 * 1024)]),
        says: 'Telegram takes photos up to 10.0 MB',
      },
    ])
    .run(async ({ client, assert }, { bytes, says }) => {
      const broadcast = await createDraft()
      const response = await client
        .put(`/admin/broadcasts/${broadcast.reference}`)
        .fields(draftFields({ title: 'A title that stays' }))
        .file('images[en][A]', bytes, { filename: 'image.png', contentType: 'image/png' })
        .loginAs(await createAdmin())
        .withCsrfToken()

      response.assertStatus(422)
      response.assertTextIncludes(says)
      response.assertTextIncludes('A title that stays')
      assert.isNull(await MediaFile.first())
      await broadcast.refresh()
      assert.equal(broadcast.title, 'Autumn stars offer')
    })

  test('a save over somebody else’s is refused with both texts at hand', async ({ client, assert }) => {
    const broadcast = await createDraft()
    const admin = await createAdmin()
    await post(client, admin, broadcast, { title: 'First' })
    const late = await post(client, admin, broadcast, { title: 'Second' })

    late.assertStatus(409)
    late.assertTextIncludes('Somebody else saved this draft meanwhile')
    late.assertTextIncludes('value="Second"')
    await broadcast.refresh()
    assert.equal(broadcast.title, 'First')
  })

  test('buttons of the form work without a script and save nothing', async ({ client, assert }) => {
    const broadcast = await createDraft()
    const admin = await createAdmin()
    await CustomerFactory.merge({ firstName: 'Olena', lastActiveAt: Date.now() }).create()

    const added = await post(client, admin, broadcast, { intent: 'add_condition' })
    added.assertStatus(200)
    added.assertTextIncludes('name="audience[conditions][0][parameters][days]" value="30"')
    added.assertTextIncludes('will receive it')
    added.assertTextIncludes('Only <strong>this week</strong>, Olena')

    const button = await post(client, admin, broadcast, { intent: 'add_button:en:A' })
    button.assertTextIncludes('name="variants[en][A][buttons][0][text]"')

    await broadcast.refresh()
    assert.equal(broadcast.revision, 1)
  })

  test('{$self} may not edit')
    .with<Role[]>(['support', 'read-only', 'finance'])
    .run(async ({ client }, role) => {
      const admin = await createAdmin({ role })
      const broadcast = await createDraft()
      const opened = await client.get(`/admin/broadcasts/${broadcast.reference}/edit`).loginAs(admin)
      opened.assertStatus(403)
      const saved = await post(client, admin, broadcast)
      saved.assertStatus(403)
      const created = await client.post('/admin/broadcasts').loginAs(admin).withCsrfToken()
      created.assertStatus(403)
    })

  test('a wrong CSRF token changes nothing', async ({ client, assert }) => {
    const broadcast = await createDraft()
    const response = await client
      .put(`/admin/broadcasts/${broadcast.reference}`)
      .fields(draftFields({ title: 'Changed', _csrf: 'forged' }))
      .loginAs(await createAdmin())
    response.assertStatus(419)
    await broadcast.refresh()
    assert.equal(broadcast.title, 'Autumn stars offer')
  })
})
