import { readdirSync } from 'node:fs'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { useBuiltAssets } from '#tests/support/assets'

test.group('Assets of the panel', (group) => {
  group.setup(() => useBuiltAssets())

  test('carry a hash in their name and are kept for a year', async ({ client, assert }) => {
    const names = readdirSync(app.publicPath('assets')).filter((name) => /\.(css|js)$/.test(name))
    assert.isAbove(names.length, 3)
    for (const name of names) {
      const response = await client.get(`/assets/${name}`)
      response.assertHeader('cache-control', 'public, max-age=31536000, immutable')
    }
  })

  test('a name that stays the same is asked for each time', async ({ client }) => {
    const response = await client.get('/assets/favicon.svg')
    response.assertHeader('cache-control', 'public, max-age=0, must-revalidate')
  })
})
