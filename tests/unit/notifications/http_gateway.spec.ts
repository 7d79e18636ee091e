import http from 'node:http'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import type { AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { TelegramRefusal, TelegramUnreachable, TelegramUpload } from '#core/contracts/telegram_gateway'
import { UnreadableUpload } from '#notifications/telegram/multipart'
import { HttpTelegramGateway } from '#notifications/telegram/http_gateway'
import { refusal, TelegramReceiver } from '#tests/support/telegram/receiver'

const TOKEN = '42:SECRET'

test.group('Bot API over HTTP', (group) => {
  let receiver: TelegramReceiver
  let gateway: HttpTelegramGateway
  group.each.setup(async () => {
    receiver = await new TelegramReceiver().start()
    gateway = new HttpTelegramGateway(TOKEN, receiver.url)
    return () => receiver.stop()
  })

  const failureOf = async (call: Promise<unknown>) => {
    try {
      await call
    } catch (error) {
      return error as TelegramRefusal & TelegramUnreachable
    }
    throw new Error('the call should have failed')
  }

  test('calls a method and answers its result', async ({ assert }) => {
    const message = await gateway.call<{ message_id: number }>('sendMessage', { chat_id: 1, text: 'ї😀' })

    assert.equal(message.message_id, 1)
    assert.containSubset(receiver.calls, [{ method: 'sendMessage', payload: { chat_id: 1, text: 'ї😀' } }])
    assert.equal(gateway.botId, 42)
  })

  test('streams a file and what goes with it', async ({ assert }) => {
    const upload = new TelegramUpload('photo "1".jpg', 'image/jpeg', async () => Readable.from([Buffer.alloc(100_000)]))
    const keyboard = { inline_keyboard: [[{ text: 'ї', url: 'https://example.com' }]] }
    await gateway.call('sendPhoto', { chat_id: 1, photo: upload, caption: undefined, reply_markup: keyboard })

    assert.deepEqual(receiver.calls[0].files, ['photo'])
    assert.deepEqual(receiver.calls[0].payload, { chat_id: '1', reply_markup: JSON.stringify(keyboard) })
  })

  test('a refusal tells code, description and parameters', async ({ assert }) => {
    receiver.answer(() => refusal(429, 'Too Many Requests: retry after 7', { retry_after: 7 }))
    const limited = await failureOf(gateway.call('sendMessage', { chat_id: 1, text: 'a' }))
    receiver.answer(() => refusal(400, 'Bad Request: group chat was upgraded', { migrate_to_chat_id: -100 }))
    const moved = await failureOf(gateway.call('sendMessage', { chat_id: 1, text: 'a' }))

    assert.instanceOf(limited, TelegramRefusal)
    assert.deepInclude(limited, { code: 429, retryAfter: 7 })
    assert.deepInclude(moved, { code: 400, migrateToChatId: -100 })
  })

  test('a cut connection may have been written', async ({ assert }) => {
    receiver.answer(() => 'drop')
    const failure = await failureOf(gateway.call('sendMessage', { chat_id: 1, text: 'a' }))

    assert.instanceOf(failure, TelegramUnreachable)
    assert.isTrue(failure.written)
  })

  test('without a connection nothing was written', async ({ assert }) => {
    await receiver.stop()
    const failure = await failureOf(gateway.call('sendMessage', { chat_id: 1, text: 'a' }))

    assert.isFalse(failure.written)
    assert.include(failure.message, 'ECONNREFUSED')
    await receiver.start()
  })

  test('gives up after its time, and when it is told to', async ({ assert }) => {
    receiver.answer(() => new Promise(() => {}))
    const late = await failureOf(gateway.call('sendMessage', { chat_id: 1, text: 'a' }, { timeoutMs: 1000 }))
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 50)
    const aborted = await failureOf(gateway.call('sendMessage', { chat_id: 1, text: 'a' }, { signal: stop.signal }))

    assert.include(late.message, 'no answer within 1000 ms')
    assert.isTrue(late.written)
    assert.include(aborted.message, 'aborted')
  })

  test('what a proxy says is no answer of the Bot API', async ({ assert }) => {
    const proxy = http.createServer((_, response) => response.writeHead(502).end('<html>Bad Gateway</html>'))
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    const behind = new HttpTelegramGateway(TOKEN, `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`)
    const failure = await failureOf(behind.call('sendMessage', { chat_id: 1, text: 'a' }))
    proxy.close()

    assert.instanceOf(failure, TelegramUnreachable)
    assert.isTrue(failure.written)
  })

  test('half a file is no message', async ({ assert }) => {
    const broken = async () => Readable.from(failing())
    const failure = await failureOf(
      gateway.call('sendPhoto', { chat_id: 1, photo: new TelegramUpload('a.jpg', 'image/jpeg', broken) })
    )

    assert.instanceOf(failure, UnreadableUpload)
    assert.lengthOf(receiver.calls, 0)
  })

  test('no error holds the token', async ({ assert }) => {
    receiver.answer((_, index) => (index === 0 ? 'drop' : refusal(400, 'Bad Request')))
    for (let i = 0; i < 2; i++) {
      const failure = await failureOf(gateway.call('sendMessage', { chat_id: 1, text: 'a' }))
      assert.notInclude(JSON.stringify([failure.message, failure.stack, failure]), 'SECRET')
    }
  })

  test('keeps its connections', async ({ assert }) => {
    let connections = 0
    const server = http.createServer((_, response) => response.end('{"ok":true,"result":true}'))
    server.on('connection', () => connections++)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const keeping = new HttpTelegramGateway(TOKEN, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    for (let i = 0; i < 5; i++) await keeping.call('getMe', {})
    server.closeAllConnections()
    server.close()

    assert.equal(connections, 1)
  })
})

async function* failing() {
  yield Buffer.alloc(10)
  throw new Error('the disk is gone')
}
