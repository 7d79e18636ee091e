import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { temporaryFolder } from '#tests/support/environment'
import { createPostgresDatabase } from '#tests/support/postgres'
import { runScript } from '#tests/support/processes'

test.group('Migrations', (group) => {
  group.each.timeout(60_000)

  test('given a database with data, then every migration goes down and up again', async ({ assert, cleanup }) => {
    const own = process.env.DATABASE_URL ? await createPostgresDatabase(process.env.DATABASE_URL, 'kontora_test') : null
    cleanup(() => own?.drop())
    const { first, left, second } = await runScript<Record<'first' | 'left' | 'second', string[]>>(
      new URL('scripts/round_trip.ts', import.meta.url),
      [],
      { env: { DATA_DIR: temporaryFolder('kontora-test-'), DATABASE_URL: own?.url ?? '' } }
    )
    assert.isAbove(first.length, 20)
    assert.deepEqual(left, [])
    assert.deepEqual(second, first)
  })

  test('database/schema.ts is what the migrations make', async ({ assert }) => {
    const folder = temporaryFolder('kontora-test-')
    const path = join(folder, 'schema.ts')
    await runScript(new URL('scripts/generate_schema.ts', import.meta.url), [path], {
      env: { DATA_DIR: folder, DATABASE_URL: '' },
    })
    assert.equal(readFileSync(app.makePath('database/schema.ts'), 'utf8'), readFileSync(path, 'utf8'))
  })
})
