import { test } from '@japa/runner'
import { HttpContextFactory } from '@adonisjs/core/factories/http'
import limiter from '@adonisjs/limiter/services/main'
import { Exception } from '@adonisjs/core/exceptions'
import { UPLOAD_LIMIT_BYTES } from '#config/bodyparser'
import HttpExceptionHandler from '#core/exceptions/handler'
import { ModuleOffException } from '#core/exceptions/module_off'
import { resetDatabase } from '#tests/support/database'

/** What a visitor gets when a route throws. */
async function answerTo(error: unknown, accept = 'text/html') {
  const ctx = new HttpContextFactory().create()
  Object.assign(ctx.request.request.headers, { accept, 'x-request-id': 'request-7' })
  await new HttpExceptionHandler().handle(error, ctx)
  const status = ctx.response.response.statusCode
  const body = ctx.response.getBody()
  return {
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    header: (name: string) => ctx.response.getHeader(name),
  }
}

test.group('Error pages', (group) => {
  group.each.setup(() => resetDatabase())

  test('an unknown address says so and leads back', async ({ client, assert }) => {
    const response = await client.get('/admin/nowhere').accept('html')

    response.assertStatus(404)
    assert.include(response.text(), 'Nothing here')
    assert.include(response.text(), 'href="/admin"')
  })

  test('a failure names the request and keeps the reason for the log', async ({ assert }) => {
    const { status, body } = await answerTo(new Error('password=hunter2 in /srv/app'))

    assert.equal(status, 500)
    assert.include(body, 'Something went wrong')
    assert.include(body, 'Request request-7')
    assert.notInclude(body, 'hunter2')
  })

  test('a part that is off says what is missing', async ({ assert }) => {
    const { status, body } = await answerTo(new ModuleOffException('Broadcasts', 'set TELEGRAM_BOT_TOKEN in .env.'))

    assert.equal(status, 503)
    assert.include(body, 'Broadcasts is off: set TELEGRAM_BOT_TOKEN in .env.')
  })

  test('another 503 is no part that is off', async ({ assert }) => {
    const { body } = await answerTo(new Exception('replica lost', { status: 503 }))
    assert.include(body, 'Something went wrong')
  })

  test('an upload above the limit names the limit and leads back to the form', async ({ client, assert }) => {
    const response = await client
      .post('/admin/login')
      .file('image', Buffer.alloc(UPLOAD_LIMIT_BYTES + 1), { filename: 'huge.png' })
      .header('referer', 'http://localhost/admin/login')
      .accept('html')

    response.assertStatus(413)
    assert.include(response.text(), 'larger than 21 MB')
    assert.include(response.text(), 'Back to the form')
    assert.notInclude(response.text(), 'request entity too large')
  })

  test('too many requests say how long to wait', async ({ assert }) => {
    const limit = limiter.use({ requests: 1, duration: '1 minute' })
    await limit.consume('somebody')
    const error = await limit.consume('somebody').catch((reason) => reason)

    const { status, body, header } = await answerTo(error)

    assert.equal(status, 429)
    assert.match(body, /Try again in \d+ seconds/)
    assert.isAbove(Number(header('retry-after')), 0)
  })

  test('programs get JSON', async ({ assert }) => {
    const { status, body } = await answerTo(new ModuleOffException('Broadcasts', 'no token.'), 'application/json')

    assert.equal(status, 503)
    assert.deepEqual(JSON.parse(body), { message: 'Broadcasts is off: no token.' })
  })
})
