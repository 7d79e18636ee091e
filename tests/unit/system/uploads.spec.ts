import { once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { runScript } from '#tests/support/processes'

/** As much of S3 as storing and reading takes. */
async function startBucket() {
  const objects = new Map<string, Buffer>()
  const authorizations: string[] = []
  const server = createServer(async (request, response) => {
    const path = new URL(request.url!, 'http://s3').pathname
    authorizations.push(request.headers.authorization ?? '')
    if (request.method === 'PUT') objects.set(path, await buffer(request))
    const object = objects.get(path)
    response.writeHead(object ? 200 : 404, { etag: '"1"' }).end(request.method === 'GET' ? object : undefined)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return { objects, authorizations, url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

test.group('Uploads', (group) => {
  group.each.timeout(60_000)
  const script = new URL('scripts/store_file.ts', import.meta.url)

  test('given a bucket, then files go there, signed', async ({ assert, cleanup }) => {
    const bucket = await startBucket()
    cleanup(() => void bucket.close())
    const content = await runScript<string>(script, ['media/a.txt', 'hello'], {
      env: {
        S3_BUCKET: 'kontora',
        S3_ENDPOINT: bucket.url,
        S3_ACCESS_KEY_ID: 'test-key',
        S3_SECRET_ACCESS_KEY: 'test-secret',
      },
    })
    assert.equal(content, 'hello')
    assert.deepEqual([...bucket.objects.keys()], ['/kontora/media/a.txt'])
    assert.match(bucket.authorizations[0], /^AWS4-HMAC-SHA256 Credential=test-key\//)
  })

  test('given none, then they stay in the data folder', async ({ assert }) => {
    assert.equal(await runScript<string>(script, ['media/a.txt', 'hello'], { env: { S3_BUCKET: '' } }), 'hello')
  })
})
