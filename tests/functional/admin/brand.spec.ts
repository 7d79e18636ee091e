import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import type { ApiClient } from '@japa/api-client'
import { Settings } from '#core/contracts/settings'
import { brandColour, brandLogo, brandName } from '#admin/brand/settings'
import { SETTING_IMAGE_LIMITS } from '#system/actions/store_setting_image'
import type Admin from '#staff/models/admin'
import { resetDatabase } from '#tests/support/database'
import { pngImage } from '#tests/support/images'
import { createAdmin, loginAs } from '#tests/support/staff'

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

function fileWith(bytes: Buffer | string, name = 'logo.png') {
  const path = join(mkdtempSync(join(tmpdir(), 'kontora-logo-')), name)
  writeFileSync(path, bytes)
  return path
}

const post = (client: ApiClient, admin: Admin) => loginAs(client.post('/admin/settings/brand').redirects(0), admin)

test.group('Brand of the panel', (group) => {
  let settings: Settings
  group.each.setup(async () => {
    await resetDatabase()
    settings = await app.container.make(Settings)
    settings.forget()
    return () => settings.forget()
  })

  test('name and colour reach every page, the login page too', async ({ client, assert }) => {
    await post(client, await createAdmin()).form({
      brand__name: 'Star <b>Market</b>',
      shown__brand__name: 'Kontora',
      brand__colour: '#7C3AED',
      shown__brand__colour: '#0f766e',
    })

    assert.equal(await settings.get(brandName), 'Star <b>Market</b>')
    assert.equal(await settings.get(brandColour), '#7c3aed')
    const login = await client.get('/admin/login')
    login.assertTextIncludes('Star &lt;b&gt;Market&lt;/b&gt;')
    login.assertTextIncludes('href="/admin/brand/colour/7c3aed"')
    const css = await client.get('/admin/brand/colour/7c3aed')
    css.assertHeader('content-type', 'text/css; charset=utf-8')
    css.assertHeader('cache-control', 'public, max-age=31536000, immutable')
    css.assertTextIncludes('--tblr-primary: #7c3aed')
  })

  test('nothing is added to the page while the colour is the built-in one', async ({ client, assert }) => {
    await createAdmin()
    const login = await client.get('/admin/login')
    assert.notInclude(login.text(), '/admin/brand/')
  })

  test('{$self} is no colour')
    .with(['red', '#fff', '#12345g', 'url(x)', ''])
    .run(async ({ client, assert }, value) => {
      const fields = { brand__colour: value, shown__brand__colour: '#0f766e' }
      const response = await post(client, await createAdmin()).form(fields)
      assert.property(response.flashMessage('inputErrorsBag'), 'brand__colour')
      assert.equal(await settings.get(brandColour), '#0f766e')
      const css = await client.get(`/admin/brand/colour/${encodeURIComponent(value.slice(1) || 'x')}`)
      css.assertStatus(404)
    })

  test('an uploaded logo is served to everybody and can be taken away again', async ({ client, assert }) => {
    const admin = await createAdmin()
    const fields = { brand__logo: '', shown__brand__logo: '' }
    await post(client, admin)
      .fields(fields)
      .file('brand__logo__file', fileWith(pngImage(64, 64)))

    const path = await settings.get(brandLogo)
    assert.match(path, /^brand\/[0-9a-f]{40}\.png$/)
    const url = `/admin/brand/logo/${path.split('/')[1]}`
    const login = await client.get('/admin/login')
    login.assertTextIncludes(`src="${url}"`)
    const logo = await client.get(url)
    logo.assertHeader('content-type', 'image/png')
    logo.assertHeader('x-content-type-options', 'nosniff')
    logo.assertHeader('cache-control', 'public, max-age=31536000, immutable')

    await post(client, admin).form({ brand__logo: path, shown__brand__logo: path, brand__logo__remove: 'on' })
    assert.equal(await settings.get(brandLogo), '')
  })

  test('what is no picture, or too large a one, is refused and told at its field', async ({ client, assert }) => {
    const admin = await createAdmin()
    const refused = [
      { bytes: SVG, text: 'This is no PNG, JPEG or WebP image that can be read.' },
      { bytes: 'rubbish', text: 'This is no PNG, JPEG or WebP image that can be read.' },
      { bytes: pngImage(3000, 10), text: 'The image is wider or higher than 2,048 pixels.' },
      { bytes: Buffer.alloc(SETTING_IMAGE_LIMITS.bytes + 1), text: 'The image is larger than 512 KB.' },
    ]
    for (const { bytes, text } of refused) {
      const response = await post(client, admin)
        .fields({ brand__logo: '', shown__brand__logo: '', brand__name: 'New', shown__brand__name: 'Kontora' })
        .file('brand__logo__file', fileWith(bytes))
      assert.deepEqual(response.flashMessage('inputErrorsBag'), { brand__logo: [text] })
    }
    assert.equal(await settings.get(brandLogo), '')
    assert.equal(await settings.get(brandName), 'Kontora')
  })

  test('a path of another file is no logo', async ({ client, assert }) => {
    const admin = await createAdmin()
    for (const value of ['../../.env', 'images/x.png', 'brand/../kontora.sqlite3']) {
      const response = await post(client, admin).form({ brand__logo: value, shown__brand__logo: '' })
      assert.property(response.flashMessage('inputErrorsBag'), 'brand__logo')
    }
    for (const file of ['..%2F..%2F.env', `${'0'.repeat(40)}.png`, `${'0'.repeat(40)}.svg`]) {
      const response = await client.get(`/admin/brand/logo/${file}`)
      response.assertStatus(404)
    }
  })
})
