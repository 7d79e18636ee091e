import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

test.group('Commands', () => {
  test('are listed on a bare clone, where nothing is configured', ({ assert, cleanup }) => {
    const empty = mkdtempSync(join(tmpdir(), 'kontora-empty-'))
    cleanup(() => rmSync(empty, { recursive: true }))
    const { APP_KEY, NODE_ENV, ...env } = process.env
    const result = spawnSync(process.execPath, ['ace.js', 'list'], {
      cwd: app.makePath(),
      env: { ...env, ENV_PATH: empty },
      encoding: 'utf8',
    })
    assert.equal(result.status, 0, result.stderr)
    assert.include(result.stdout, 'system:doctor')
  })
})
