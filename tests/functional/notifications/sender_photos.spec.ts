import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import drive from '@adonisjs/drive/services/main'
import { Attempts } from '#notifications/sender/attempts'
import MediaFile from '#notifications/models/media_file'
import { Photos } from '#notifications/sender/photos'
import { resetDatabase } from '#tests/support/database'
import { refusal } from '#tests/support/telegram/receiver'
import { broadcastRow, countOf, insertRow, insertRows, rowOf, valueOf } from '#tests/support/telegram/outbox_rows'
import { SenderWorld } from '#tests/support/telegram/sender_world'

const BOT_ID = 123456789

test.group('Sender of photos', (group) => {
  let world: SenderWorld
  group.each.setup(async () => {
    await resetDatabase()
    world = await new SenderWorld().open()
    world.broadcasts.decide = ({ chatId }) => ({ kind: 'send', message: { html: `to ${chatId}`, photo: 'sunset' } })
    return () => world.close()
  })

  async function store(attributes: Partial<MediaFile> = {}) {
    await drive.use().put('media/sunset.jpg', Buffer.alloc(50_000, 7))
    const file = {
      key: 'sunset',
      path: 'media/sunset.jpg',
      mime: 'image/jpeg',
      size: 50_000,
      sha256: 'x',
      createdAt: 1,
    }
    return MediaFile.create({ ...file, ...attributes })
  }

  const uploads = () => world.receiver.calls.filter(({ files }) => files.length > 0)

  test('uploads a photo once, and all others get it by its identifier', async ({ assert }) => {
    const file = await store()
    await insertRows(60, () => broadcastRow())

    await world.sendUntil(async () => (await countOf('SENT')) === 60)
    await file.refresh()

    assert.lengthOf(uploads(), 1)
    assert.lengthOf(world.receiver.calls, 60)
    assert.deepInclude(file, { telegramFileId: 'file-large', telegramBotId: BOT_ID })
    const reused = world.receiver.calls.filter(({ payload }) => payload.photo === 'file-large')
    assert.lengthOf(reused, 59)
  })

  test('given the first upload takes long, then other messages go on', async ({ assert }) => {
    await store()
    let finish = () => {}
    world.receiver.answer(async ({ files }) => {
      if (files.length > 0) await new Promise<void>((resolve) => (finish = resolve))
      return undefined
    })
    await insertRows(30, () => broadcastRow())
    const end = await world.start()
    while (uploads().length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    const payment = await insertRow({ priority: 10, chat_id: 5 })
    while ((await valueOf(payment, 'status')) !== 'SENT') await new Promise((resolve) => setTimeout(resolve, 10))

    assert.equal(await countOf('SENT'), 1)
    finish()
    while ((await countOf('SENT')) < 31) await new Promise((resolve) => setTimeout(resolve, 10))
    await end()
    assert.lengthOf(uploads(), 1)
  })

  test('given the first recipient has blocked the bot, then the next one uploads', async ({ assert }) => {
    await store()
    world.receiver.answer((_, index) =>
      index === 0 ? refusal(403, 'Forbidden: bot was blocked by the user') : undefined
    )
    await insertRows(10, () => broadcastRow())

    await world.sendUntil(async () => (await countOf('SENT')) === 9)

    assert.lengthOf(uploads(), 2)
  })

  test('given the database fails when the first row is journalled, then another one uploads', async ({
    assert,
    cleanup,
  }) => {
    await store()
    const { mark } = Attempts.prototype
    cleanup(() => void Object.assign(Attempts.prototype, { mark }))
    let failures = 1
    Attempts.prototype.mark = async function (...args) {
      if (failures-- > 0) throw new Error('connection lost')
      return mark.apply(this, args)
    }
    await insertRows(10, () => broadcastRow())

    await world.sendUntil(async () => (await countOf('SENT')) === 10)

    assert.lengthOf(uploads(), 1)
  })

  test('uploads again when Telegram no longer knows the identifier', async ({ assert }) => {
    const file = await store({ telegramFileId: 'old', telegramBotId: BOT_ID })
    world.receiver.answer(({ payload }) =>
      payload.photo === 'old' ? refusal(400, 'Bad Request: wrong file identifier/HTTP URL specified') : undefined
    )
    const id = await insertRow(broadcastRow())

    await world.sendUntil(async () => (await valueOf(id, 'status')) === 'SENT')
    await file.refresh()

    assert.equal(file.telegramFileId, 'file-large')
    assert.lengthOf(uploads(), 1)
  })

  test('an identifier of another bot is not used', async ({ assert }) => {
    await store({ telegramFileId: 'of-another', telegramBotId: 1 })
    const id = await insertRow(broadcastRow())

    await world.sendUntil(async () => (await valueOf(id, 'status')) === 'SENT')

    assert.lengthOf(uploads(), 1)
  })

  test('a photo that is not stored is our own mistake', async ({ assert }) => {
    const id = await insertRow({ ...broadcastRow() })

    await world.sendUntil(async () => (await valueOf(id, 'status')) === 'PERMANENT_FAILURE')

    assert.include(await valueOf(id, 'error'), 'sunset')
    assert.isEmpty(world.receiver.calls)
    assert.lengthOf(world.broadcasts.outcomes, 1)
  })

  test('given the identifier can not be stored, then the message has been sent all the same', async ({ assert }) => {
    await store()
    const photos = await app.container.make(Photos)
    const uploaded = photos.uploaded.bind(photos)
    let failures = 1
    photos.uploaded = async (key, answer) => {
      if (failures-- > 0) throw new Error('database is locked')
      return uploaded(key, answer)
    }
    const ids = await insertRows(2, () => broadcastRow())

    await world.sendUntil(async () => (await countOf('SENT')) === 2)

    assert.lengthOf(world.receiver.calls, 2)
    for (const id of ids) assert.include(await rowOf(id), { attempts: 1, error: null })
  })

  test('given more photos than are kept in memory, then the oldest are forgotten but none that is wanted', async ({
    assert,
  }) => {
    const photos = await app.container.make(Photos)
    const keys = Array.from({ length: 1002 }, (_, i) => `photo-${i}`)
    await MediaFile.createMany(
      keys.map((key) => ({ key, path: `media/${key}.jpg`, mime: 'image/jpeg', size: 1, sha256: 'x', createdAt: 1 }))
    )
    assert.isEmpty(await photos.load(keys.slice(0, 1000)))
    assert.equal(photos.take(keys[1]).kind, 'upload')
    assert.isEmpty(await photos.load(keys.slice(1000)))
    photos.evict([keys[0], keys[1001]])

    for (const key of [keys[0], keys[1001]]) assert.equal(photos.take(key).kind, 'upload')
    await MediaFile.query().delete()
    const forgotten = await photos.load(keys)
    assert.lengthOf(forgotten, 2)
    for (const key of [keys[0], keys[1], keys[1001]]) assert.notInclude(forgotten, key)
  })

  test('a file that is gone from the disk is tried again later', async ({ assert }) => {
    await store({ path: 'media/lost.jpg' })
    const id = await insertRow(broadcastRow())

    await world.sendUntil(async () => (await valueOf(id, 'status')) === 'FAILED')

    assert.include(await rowOf(id), { attempts: 1 })
    assert.include(await valueOf(id, 'error'), 'could not be read')
  })
})
