import { test } from '@japa/runner'
import { Exception } from '@adonisjs/core/exceptions'
import testUtils from '@adonisjs/core/services/test_utils'
import HttpExceptionHandler from '#core/exceptions/handler'
import { errorsTotal } from '#system/metrics/app_metrics'

const TOKEN = '987654321:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'

test.group('Error pages', () => {
  test('given an error that names a token, then {$self} shows neither it nor a stack')
    .with(['text/html', 'application/json'])
    .run(async ({ assert }, accept) => {
      const ctx = await testUtils.createHttpContext()
      ctx.request.request.headers.accept = accept
      await new HttpExceptionHandler().handle(new Error(`GET /bot${TOKEN}/getMe: 502`), ctx)
      const page = JSON.stringify(ctx.response.getBody())
      assert.equal(ctx.response.getStatus(), 500)
      assert.notInclude(page, TOKEN)
      assert.notInclude(page, 'error_pages.spec.ts')
    })

  test('given a failure of ours, then it is counted', async ({ assert }) => {
    const before = await systemErrors()
    const ctx = await testUtils.createHttpContext()
    await new HttpExceptionHandler().report(new Error('broken'), ctx)
    await new HttpExceptionHandler().report(new Exception('not yours', { status: 403 }), ctx)
    assert.equal(await systemErrors(), before + 1)
  })
})

async function systemErrors() {
  const { values } = await errorsTotal.get()
  return values.find(({ labels }) => labels.category === 'system')!.value
}
