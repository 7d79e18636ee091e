import { Composer } from 'grammy'
import { test } from '@japa/runner'
import drive from '@adonisjs/drive/services/main'
import type MediaFile from '#notifications/models/media_file'
import { defineCallback } from '#bot/callback_data/define_callback'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import { navigation } from '#bot/screens/screen'
import { settingsData } from '#bot/screens/screen_data'
import { BOT_INFO, screenOf, startTestBot, type ApiCall, type TestBot } from '#tests/support/bot'
import { resetDatabase } from '#tests/support/database'
import { givenPhoto } from '#tests/support/media'
import { photoCallbackUpdate } from '#tests/support/updates'

const pictureData = defineCallback('picture')
const methodsOf = (calls: ApiCall[]) => calls.map(({ method }) => method).filter((name) => !name.startsWith('answer'))

/** A screen with a photo. */
function pictureFeature() {
  const show = (ctx: BotContext, text = 'Look') => ctx.show({ text, photo: 'sunset', keyboard: navigation(ctx) })
  const composer = new Composer<BotContext>()
  composer.command('picture', (ctx) => show(ctx))
  composer.command('caption', (ctx) => show(ctx, `<b>${'😀'.repeat(Number(ctx.match))}</b>`))
  composer.use(onCallback(pictureData, (ctx) => show(ctx)))
  return { composer }
}

test.group('Bot: screens with a photo', (group) => {
  let bot: TestBot
  let file: MediaFile

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    drive.fake()
    bot = await startTestBot({ features: () => [pictureFeature()] })
    file = await givenPhoto()
    return () => drive.restore()
  })

  test('given a photo that Telegram does not know, when shown twice, then it is uploaded once', async ({ assert }) => {
    const first = screenOf(await bot.say('/picture'))
    assert.equal(first.method, 'sendPhoto')
    assert.equal(first.text, 'Look')
    assert.include(first.labels, '🏠 Home')
    assert.isObject(first.photo)
    await file.refresh()
    assert.equal(file.telegramBotId, BOT_INFO.id)
    assert.equal(screenOf(await bot.say('/picture')).photo, file.telegramFileId)
  })

  test('given a text, when it becomes a photo and a photo again, then the same message does', async ({ assert }) => {
    const calls = await bot.press(pictureData.pack({}))
    assert.deepEqual(methodsOf(calls), ['editMessageMedia'])
    assert.equal(screenOf(calls).text, 'Look')
    assert.deepEqual(methodsOf(await bot.receive(photoCallbackUpdate(pictureData.pack({})))), ['editMessageMedia'])
  })

  test('given a photo, when the next screen is text, then that comes below and the photo goes', async ({ assert }) => {
    const calls = await bot.receive(photoCallbackUpdate(settingsData.pack({})))
    assert.deepEqual(methodsOf(calls), ['sendMessage', 'deleteMessage'])
    assert.include(screenOf(calls).text, 'Settings')

    bot.refusals.set('deleteMessage', { error_code: 400, description: "Bad Request: message can't be deleted" })
    assert.include(screenOf(await bot.receive(photoCallbackUpdate(settingsData.pack({})))).text, 'Settings')
    assert.isEmpty(bot.errors.reports)
  })

  test('given a photo of a notice, when a button is pressed, then the photo stays', async ({ assert }) => {
    const calls = await bot.receive(photoCallbackUpdate(settingsData.pack({}, 'notice')))
    assert.deepEqual(methodsOf(calls), ['sendMessage'])
  })

  test('given a name that Telegram forgot, when shown, then the photo is uploaded again', async ({ assert }) => {
    await file.merge({ telegramFileId: 'stale', telegramBotId: BOT_INFO.id }).save()
    bot.refusals.set('sendPhoto', { error_code: 400, description: 'Bad Request: wrong file identifier/HTTP URL' })
    const calls = await bot.say('/picture')
    const sent = calls.filter(({ method }) => method === 'sendPhoto')
    assert.equal(sent[0].payload.photo, 'stale')
    assert.isObject(sent[1].payload.photo)
  })

  test("given another bot's name for it, when shown, then it is uploaded", async ({ assert }) => {
    await file.merge({ telegramFileId: 'other', telegramBotId: 77 }).save()
    assert.isObject(screenOf(await bot.say('/picture')).photo)
  })

  test('given a message that can be edited no more, when pressed, then the photo is sent anew', async ({ assert }) => {
    bot.refusals.set('editMessageMedia', { error_code: 400, description: "Bad Request: message can't be edited" })
    assert.deepEqual(methodsOf(await bot.press(pictureData.pack({}))), ['editMessageMedia', 'sendPhoto'])
  })

  test('given words that just fit and words that do not, when shown, then the latter go without the photo', async ({
    assert,
  }) => {
    assert.equal(screenOf(await bot.say('/caption 512')).method, 'sendPhoto')
    assert.equal(screenOf(await bot.say('/caption 513')).method, 'sendMessage')
  })

  test('given a photo that is gone, when shown, then the words are there', async ({ assert }) => {
    await drive.use().delete(file.path)
    assert.equal(screenOf(await bot.say('/picture')).method, 'sendMessage')
    await file.delete()
    assert.equal(screenOf(await bot.press(pictureData.pack({}))).method, 'editMessageText')
  })
})
