import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { CreateBroadcast } from '#broadcasts/actions/create_broadcast'
import { DeleteDraft } from '#broadcasts/actions/delete_draft'
import { DuplicateBroadcast } from '#broadcasts/actions/duplicate_broadcast'
import { UpdateBroadcast } from '#broadcasts/actions/update_broadcast'
import type { BroadcastInput } from '#broadcasts/input'
import Broadcast from '#broadcasts/models/broadcast'
import BroadcastVariant from '#broadcasts/models/broadcast_variant'
import { quietFrom, quietHours } from '#broadcasts/settings'
import { ADMIN, BroadcastWorld, text } from '#tests/support/broadcasts/world'

test.group('Draft of a broadcast', (group) => {
  const world = new BroadcastWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const save = async (broadcast: Broadcast, changes: Partial<BroadcastInput & { revision: number }>) => {
    const action = await world.make(UpdateBroadcast)
    return action.handle({ ...world.formOf(broadcast), ...changes })
  }
  const problemsOf = (result: Awaited<ReturnType<typeof save>>) => {
    if (result.ok || !('problems' in result.refusal)) throw new Error('No problems were named')
    return result.refusal.problems.map(({ field, code }) => `${field} ${code}`)
  }

  test('begins empty, with the quiet hours of the settings', async ({ assert }) => {
    await world.set(quietHours, true)
    await world.set(quietFrom, '21:30')
    const action = await world.make(CreateBroadcast)

    const created = await action.handle({ title: '  Autumn  ', actor: ADMIN })

    assert.isTrue(created.ok)
    const broadcast = await Broadcast.firstOrFail()
    assert.containSubset(broadcast.serialize(), { title: 'Autumn', status: 'draft', quietFrom: '21:30' })
    assert.match(broadcast.reference, /^[0-9A-Z]{10}$/)
    const entry = await db.from('audit_entries').firstOrFail()
    assert.equal(entry.action, 'broadcast.created')
  })

  test('needs a title', async ({ assert }) => {
    const action = await world.make(CreateBroadcast)
    for (const title of ['   ', 'x'.repeat(121)]) {
      const result = await action.handle({ title, actor: ADMIN })
      assert.isFalse(result.ok)
    }
    assert.lengthOf(await Broadcast.all(), 0)
  })

  test('keeps texts as Telegram HTML, whichever way they were written', async ({ assert }) => {
    const broadcast = await world.draft({
      variants: [text('<strong>Hi</strong>'), text('*Привет*', { locale: 'ru', format: 'markdown' }), text('  ')],
    })

    const variants = await BroadcastVariant.query().where('broadcastId', broadcast.id).orderBy('locale')
    assert.deepEqual(
      variants.map(({ locale, html }) => [locale, html]),
      [
        ['en', '<b>Hi</b>'],
        ['ru', '<b>Привет</b>'],
      ]
    )
  })

  test('is saved whole or not at all, and everything wrong is named', async ({ assert }) => {
    const broadcast = await world.draft()
    const result = await save(broadcast, {
      title: '',
      category: 'spam' as any,
      sendOnceKey: 'no spaces',
      abShare: 1,
      quietHours: { from: '25:00', to: '08:00' },
      audience: { kind: 'segment', conditions: [{ key: 'nobody.knows', parameters: {} }] },
      variants: [
        text('<b>broken'),
        text('x'.repeat(4097), { locale: 'ru' }),
        text('Ok', { locale: 'uk', mediaKey: 'gone', buttons: [[{ text: '', url: 'javascript:alert(1)' }]] }),
      ],
    })

    assert.sameMembers(problemsOf(result), [
      'title title_length',
      'category unknown_choice',
      'sendOnceKey send_once_key',
      'abShare integer_range',
      'quietHours quiet_hours',
      'audience.conditions.0 unknown_condition',
      'variants.en.A.source unclosed_tag',
      'variants.ru.A.source too_long',
      'variants.uk.A.mediaKey unknown_image',
      'variants.uk.A.buttons.0.0.text button_text_length',
      'variants.uk.A.buttons.0.0.url button_url',
    ])
    const after = await Broadcast.findOrFail(broadcast.id)
    assert.deepEqual([after.title, after.revision], [broadcast.title, broadcast.revision])
    assert.lengthOf(await BroadcastVariant.all(), 1)
  })

  test('says where the markup is broken', async ({ assert }) => {
    const broadcast = await world.draft()
    const result = await save(broadcast, { variants: [text('first line\nthen <b>bold')] })
    if (result.ok || !('problems' in result.refusal)) throw new Error('It was saved')
    assert.deepEqual(result.refusal.problems, [
      { field: 'variants.en.A.source', code: 'unclosed_tag', params: { tag: 'b', position: 16, line: 2, column: 6 } },
    ])
  })

  test('counts after entities: {length} of {limit} is {verdict}')
    .with([
      { length: 4096, mediaKey: null, limit: 4096, verdict: 'fine' },
      { length: 4097, mediaKey: null, limit: 4096, verdict: 'too long' },
      { length: 1024, mediaKey: 'image', limit: 1024, verdict: 'fine' },
      { length: 1025, mediaKey: 'image', limit: 1024, verdict: 'too long' },
    ])
    .run(async ({ assert }, { length, mediaKey, verdict }) => {
      await givenImage('image')
      const broadcast = await world.draft()
      const source = `<b>${'&amp;'.repeat(length - 1)}</b>x   `
      const result = await save(broadcast, { variants: [text(source, { mediaKey })] })
      assert.equal(result.ok, verdict === 'fine')
      if (!result.ok) assert.deepEqual(problemsOf(result), ['variants.en.A.source too_long'])
    })

  test('refuses a text that nobody would see', async ({ assert }) => {
    const broadcast = await world.draft()
    assert.deepEqual(problemsOf(await save(broadcast, { variants: [text('<b>\u200B</b>')] })), [
      'variants.en.A.source empty_text',
    ])
  })

  test('takes an image without a word', async ({ assert }) => {
    await givenImage('image')
    const broadcast = await world.draft()
    const result = await save(broadcast, { variants: [text('', { mediaKey: 'image' })] })
    assert.isTrue(result.ok)
  })

  test('is not overwritten by somebody who opened it earlier', async ({ assert }) => {
    const broadcast = await world.draft()
    const [one, other] = await Promise.all([
      save(broadcast, { title: 'One', variants: [text('one')] }),
      save(broadcast, { title: 'Other', variants: [text('other')] }),
    ])
    assert.sameMembers([one.ok, other.ok], [true, false])
    const late = one.ok ? other : one
    assert.equal(!late.ok && late.refusal.code, 'stale')
  })

  test('can no longer be edited once it is scheduled', async ({ assert }) => {
    await world.customer()
    const broadcast = await world.draft()
    await world.schedule(broadcast)
    const result = await save(await broadcast.refresh(), { title: 'Other' })
    assert.equal(!result.ok && result.refusal.code, 'not_a_draft')
  })

  test('is deleted with its texts, and only while it is one', async ({ assert }) => {
    await world.customer()
    const [draft, scheduled] = [await world.draft(), await world.draft()]
    await world.schedule(scheduled)
    const deletion = await world.make(DeleteDraft)

    await deletion.handle({ broadcastId: draft.id, actor: ADMIN })
    const refused = await deletion.handle({ broadcastId: scheduled.id, actor: ADMIN })

    assert.isNull(await Broadcast.find(draft.id))
    assert.lengthOf(await BroadcastVariant.all(), 1)
    assert.equal(!refused.ok && refused.refusal.code, 'wrong_status')
    const entry = await db.from('audit_entries').where('action', 'broadcast.deleted').firstOrFail()
    assert.include(JSON.stringify(entry.before), 'Hello {first_name}')
  })

  test('is duplicated with its texts', async ({ assert }) => {
    const broadcast = await world.draft({
      title: 'Once',
      sendOnceKey: 'k1',
      variants: [text('a'), text('b', { locale: 'uk' })],
    })
    const action = await world.make(DuplicateBroadcast)

    const copied = await action.handle({ broadcastId: broadcast.id, actor: ADMIN })

    if (!copied.ok) throw new Error('No copy')
    assert.notEqual(copied.value.reference, broadcast.reference)
    const copy = await Broadcast.findOrFail(copied.value.id)
    assert.containSubset(copy.serialize(), { title: 'Once', status: 'draft', sendOnceKey: 'k1' })
    assert.lengthOf(await BroadcastVariant.findManyBy('broadcastId', copy.id), 2)
  })
})

async function givenImage(key: string) {
  await db.table('media_files').insert({
    key,
    path: `${key}.png`,
    mime: 'image/png',
    size: 1,
    width: 1,
    height: 1,
    sha256: 'x',
    created_at: 1,
  })
}
