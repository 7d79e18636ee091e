import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { CustomerFactory } from '#database/factories/customer_factory'
import Customer from '#customers/models/customer'
import Notification from '#notifications/models/notification'
import { CreateBroadcast } from '#broadcasts/actions/create_broadcast'
import { EditSentBroadcast } from '#broadcasts/actions/edit_sent_broadcast'
import { RetryFailed } from '#broadcasts/actions/retry_failed'
import { ScheduleBroadcast } from '#broadcasts/actions/schedule_broadcast'
import { SendTestBroadcast } from '#broadcasts/actions/send_test_broadcast'
import { StoreImage } from '#notifications/actions/store_image'
import { UnsendBroadcast } from '#broadcasts/actions/unsend_broadcast'
import { UpdateBroadcast } from '#broadcasts/actions/update_broadcast'
import type { VariantInput } from '#broadcasts/input'
import Broadcast from '#broadcasts/models/broadcast'
import { ProgressQuery } from '#broadcasts/queries/progress_query'
import { LiveWorld } from '#tests/support/broadcasts/live_world'
import { text } from '#tests/support/broadcasts/world'
import { pngImage } from '#tests/support/images'
import { eventually } from '#tests/support/telegram/sender_world'

const actor = SYSTEM_ACTOR

test.group('Broadcasts: end to end', (group) => {
  let world: LiveWorld
  let folder: string
  group.each.setup(async () => {
    world = await new LiveWorld().open()
    folder = await mkdtemp(join(tmpdir(), 'kontora-upload-'))
    return async () => {
      await world.close()
      await rm(folder, { recursive: true })
    }
  })

  /** A person in the sandbox who is a customer here, too. */
  async function person(firstName: string, language: 'en' | 'ru' | 'uk') {
    const { id } = world.sandbox.customer({ first_name: firstName, language_code: language })
    const customer = await CustomerFactory.merge({ telegramId: id, firstName, language }).create()
    return { id, customer }
  }

  async function image() {
    const file = join(folder, 'autumn.png')
    await writeFile(file, pngImage(64, 36))
    const store = await app.container.make(StoreImage)
    const stored = await store.handle({ file, name: 'autumn.png', actor })
    if (!stored.ok) throw new Error(stored.refusal.code)
    return stored.value.key
  }

  async function draft(variants: VariantInput[]) {
    const create = await app.container.make(CreateBroadcast)
    const created = await create.handle({ title: 'Autumn', actor })
    if (!created.ok) throw new Error('No draft')
    const { id: broadcastId, revision } = created.value
    const update = await app.container.make(UpdateBroadcast)
    const saved = await update.handle({
      broadcastId,
      revision,
      actor,
      title: 'Autumn',
      category: 'offers',
      audience: { kind: 'all' },
      defaultLocale: 'en',
      quietHours: null,
      sendOnceKey: 'autumn',
      paid: false,
      abShare: null,
      recurrence: 'none',
      variants,
    })
    if (!saved.ok) throw new Error(JSON.stringify(saved.refusal))
    return saved.value
  }

  async function send(broadcast: Broadcast) {
    const schedule = await app.container.make(ScheduleBroadcast)
    const scheduled = await schedule.handle({ broadcastId: broadcast.id, when: { mode: 'now' }, actor })
    if (!scheduled.ok) throw new Error(JSON.stringify(scheduled.refusal))
    await completed(broadcast)
  }

  const completed = (broadcast: Broadcast) =>
    eventually(async () => {
      await broadcast.refresh()
      return broadcast.status === 'completed'
    })

  test('text and image reach everybody in their language, with a result for each', async ({ assert }) => {
    const anna = await person('Anna <b>', 'en')
    const ivan = await person('Иван', 'ru')
    const olha = await person('Ольга', 'uk')
    const gone = await person('Gone', 'en')
    world.sandbox.block(gone.id)
    const mediaKey = await image()
    const buttons = [[{ text: 'Open', url: 'https://shop.example/' }]]

    await send(
      await draft([
        text('<b>Only this week</b>\nHello, {first_name}! <tg-spoiler>-20 %</tg-spoiler> &amp; more', {
          mediaKey,
          buttons,
        }),
        text('*Только на этой неделе*\nПривет, {first_name}!', { locale: 'ru', format: 'markdown', mediaKey }),
      ])
    )

    const [message] = world.sandbox.answers(anna.id)
    assert.equal(message.caption, 'Only this week\nHello, Anna <b>! -20 % & more')
    assert.deepEqual(
      message.caption_entities?.map(({ type, offset, length }) => [type, offset, length]),
      [
        ['bold', 0, 14],
        ['spoiler', 32, 5],
      ]
    )
    assert.deepEqual(message.reply_markup?.inline_keyboard, [[{ text: 'Open', url: 'https://shop.example/' }]])
    assert.lengthOf(message.photo!, 1)
    assert.equal(world.sandbox.answers(ivan.id)[0].caption, 'Только на этой неделе\nПривет, Иван!')
    assert.equal(world.sandbox.answers(olha.id)[0].caption, 'Only this week\nHello, Ольга! -20 % & more')
    const photos = [anna, ivan, olha].map(({ id }) => world.sandbox.answers(id)[0].photo!.at(-1)!.file_unique_id)
    assert.equal(new Set(photos).size, 1, 'uploaded once')

    const broadcast = await Broadcast.findByOrFail('title', 'Autumn')
    const progress = await new ProgressQuery().handle(broadcast.id)
    assert.containSubset(progress?.sends, { written: 4, sent: 3, blocked: 1, open: 0 })
    const customer = await Customer.findOrFail(gone.customer.id)
    assert.isTrue(customer.isUnreachable)
  })

  test('what was sent is edited, the failed are tried again, and all is taken back', async ({ assert }) => {
    const anna = await person('Anna', 'en')
    const gone = await person('Gone', 'en')
    world.sandbox.block(gone.id)
    const mediaKey = await image()
    const broadcast = await draft([text('Wrong price', { mediaKey })])
    await send(broadcast)
    const [message] = world.sandbox.answers(anna.id)

    const edit = await app.container.make(EditSentBroadcast)
    await edit.handle({ broadcastId: broadcast.id, variants: [text('Right <b>price</b>', { mediaKey })], actor })
    await completed(broadcast)
    const [edited] = world.sandbox.answers(anna.id)
    assert.deepEqual([edited.message_id, edited.caption], [message.message_id, 'Right price'])

    world.sandbox.unblock(gone.id)
    const retry = await app.container.make(RetryFailed)
    await retry.handle({ broadcastId: broadcast.id, actor })
    await completed(broadcast)
    assert.equal(world.sandbox.answers(gone.id)[0].caption, 'Right price')
    assert.lengthOf(world.sandbox.answers(anna.id), 1)

    const unsend = await app.container.make(UnsendBroadcast)
    await unsend.handle({ broadcastId: broadcast.id, actor })
    await completed(broadcast)
    assert.lengthOf([...world.sandbox.answers(anna.id), ...world.sandbox.answers(gone.id)], 0)
    const rows = await Notification.query().where('broadcastId', broadcast.id)
    assert.isTrue(rows.every(({ status }) => status === 'SENT'))
  })

  test('a test reaches the admin alone', async ({ assert }) => {
    const admin = await person('Olena', 'uk')
    const other = await person('Anna', 'en')
    const broadcast = await draft([text('Hello, {first_name}')])
    const sendTest = await app.container.make(SendTestBroadcast)

    await sendTest.handle({ broadcastId: broadcast.id, locale: 'en', variant: 'A', telegramId: admin.id, actor })

    const message = await world.sandbox.waitForMessage(admin.id)
    assert.equal(message.text, 'Hello, Olena')
    assert.lengthOf(world.sandbox.answers(other.id), 0)
    await broadcast.refresh()
    assert.equal(broadcast.status, 'draft')
  })
})
