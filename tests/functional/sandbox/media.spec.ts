import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { startSandbox, type RunningSandbox } from '#tests/support/sandbox/bot_api'
import { blob, png } from '#tests/support/sandbox/images'

test.group('Sandbox | Photos and documents', (group) => {
  let sandbox: RunningSandbox['sandbox']
  let api: RunningSandbox['api']

  group.each.setup(async () => {
    ;({ sandbox, api } = await startSandbox())
    sandbox.customer({ id: 7 })
    return () => sandbox.stop()
  })

  test('an uploaded photo comes back by its file_id, byte for byte, and is sent again by it', async ({ assert }) => {
    const image = png(800, 400)
    const { body } = await api.upload('sendPhoto', { chat_id: '7', photo: blob(image), caption: 'Sale' })
    const { photo, caption } = body.result
    const largest = photo.at(-1)

    assert.equal(caption, 'Sale')
    assert.deepInclude(largest, { width: 800, height: 400, file_size: image.length })
    assert.deepEqual(
      photo.map((size: { width: number }) => size.width),
      [90, 320, 800]
    )

    const { file_path: path } = await api.ok('getFile', { file_id: largest.file_id })
    const download = await fetch(`${api.url}/file/bot${api.token}/${path}`)
    assert.deepEqual(Buffer.from(await download.arrayBuffer()), image)
    assert.equal(download.headers.get('content-type'), 'image/png')

    const again = await api.ok('sendPhoto', { chat_id: 7, photo: largest.file_id })
    assert.deepEqual(again.photo, photo)
  })

  test('attach:// names the part of the upload', async ({ assert }) => {
    const { body } = await api.upload('sendPhoto', { chat_id: '7', photo: 'attach://pic', pic: blob(png(10, 10)) })

    assert.equal(body.result.photo[0].width, 10)
  })

  test('a photo is refused: {description}')
    .with([
      { photo: () => blob('not an image'), description: 'Bad Request: IMAGE_PROCESS_FAILED' },
      {
        photo: () => blob('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'),
        description: 'Bad Request: IMAGE_PROCESS_FAILED',
      },
      { photo: () => blob(png(9000, 1001)), description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' },
      { photo: () => blob(png(210, 10)), description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' },
      { photo: () => blob(''), description: 'Bad Request: file must be non-empty' },
      {
        photo: () => blob(Buffer.alloc(10 * 1024 * 1024 + 1)),
        description:
          'Bad Request: file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes',
      },
      { photo: () => 'AgACAgIAAxkBnonsense', description: 'Bad Request: wrong file identifier/HTTP URL specified' },
      { photo: () => 'https://example.org/a.png', description: 'Bad Request: failed to get HTTP URL content' },
      { photo: () => 'attach://missing', description: 'Bad Request: there is no photo in the request' },
    ])
    .run(async ({ assert }, { photo, description }) => {
      const { body } = await api.upload('sendPhoto', { chat_id: '7', photo: photo() })

      assert.equal(body.description, description)
      assert.isEmpty(sandbox.messages(7))
    })

  test('a photo of the greatest sum and ratio passes', async ({ assert }) => {
    const { body } = await api.upload('sendPhoto', { chat_id: '7', photo: blob(png(200, 10)) })

    assert.isTrue(body.ok)
  })

  test('a caption of 1024 units passes and one more does not', async ({ assert }) => {
    const upload = (caption: string) => api.upload('sendPhoto', { chat_id: '7', photo: blob(png(1, 1)), caption })
    const [fits, tooLong] = [await upload('🙂'.repeat(512)), await upload('🙂'.repeat(512) + 'x')]

    assert.isTrue(fits.body.ok)
    assert.equal(tooLong.body.description, 'Bad Request: message caption is too long')
  })

  test('a photo from an address of this machine is fetched', async ({ assert }) => {
    const server = createServer((_, response) => response.end(png(12, 12)))
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo

    const { photo } = await api.ok('sendPhoto', { chat_id: 7, photo: `http://127.0.0.1:${port}/a.png` })

    assert.equal(photo[0].width, 12)
    server.close()
  })

  test('a document keeps its name, and is no photo', async ({ assert }) => {
    const form = new FormData()
    form.append('chat_id', '7')
    form.append('document', new Blob(['a;b'], { type: 'text/csv' }), 'історія.csv')
    const { body } = await api.call('sendDocument', {}, { body: form, headers: {} })
    const { document } = body.result

    assert.deepInclude(document, { file_name: 'історія.csv', mime_type: 'text/csv', file_size: 3 })
    assert.equal(
      await api.refusal('sendPhoto', { chat_id: 7, photo: document.file_id }),
      "Bad Request: can't use file of type Document as Photo"
    )
  })

  test('getFile knows only what was sent here', async ({ assert }) => {
    assert.equal(await api.refusal('getFile', {}), 'Bad Request: file_id not specified')
    assert.equal(await api.refusal('getFile', { file_id: 'x' }), 'Bad Request: invalid file_id')
  })

  test("a customer's photo reaches the bot and can be downloaded", async ({ assert }) => {
    const image = png(20, 30)
    sandbox.sayPhoto(7, { name: 'me.png', mimeType: 'image/png', data: image }, 'see example.com')
    const [{ message }] = await api.ok('getUpdates')
    const file = await api.ok('getFile', { file_id: message.photo[0].file_id })

    assert.deepEqual(message.caption_entities, [{ type: 'url', offset: 4, length: 11 }])
    assert.equal(file.file_size, image.length)
  })
})
