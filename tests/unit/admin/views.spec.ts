import { globSync, readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

const COMMENTS = /\{\{--[\s\S]*?--\}\}/g

test.group('Views', () => {
  test('every component tag stands on a line of its own: elsewhere Edge prints it as text', ({ assert }) => {
    const cwd = app.makePath('resources/views')
    const printed = globSync('**/*.edge', { cwd }).flatMap((file) =>
      readFileSync(`${cwd}/${file}`, 'utf8')
        .replaceAll(COMMENTS, '')
        .split('\n')
        .filter((line) => /\S.*@!?[a-z][a-zA-Z.]*\(/.test(line) && !/^\s*@/.test(line))
        .map((line) => `${file}: ${line.trim()}`)
    )
    assert.deepEqual(printed, [])
  })
})
