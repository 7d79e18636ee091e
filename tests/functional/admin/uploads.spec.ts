import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { resetDatabase } from '#tests/support/database'
import { pngImage } from '#tests/support/images'

test.group('Uploads', (group) => {
  let folder: string
  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    const before = process.env.TMPDIR
    folder = await mkdtemp(join(tmpdir(), 'kontora-uploads-'))
    process.env.TMPDIR = folder
    return async () => {
      if (before === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = before
      await rm(folder, { recursive: true })
    }
  })

  test('leave no temporary file behind, whoever sent them', async ({ client, assert }) => {
    const response = await client
      .post('/admin/login')
      .withCsrfToken()
      .field('email', 'nobody@example.org')
      .file('images[en][A]', pngImage(64, 64), { filename: 'a.png', contentType: 'image/png' })
      .file('other', pngImage(64, 64), { filename: 'b.png', contentType: 'image/png' })
      .redirects(0)
    response.assertStatus(302)
    assert.isEmpty(await readdir(folder))
  })
})
