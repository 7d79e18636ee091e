import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import drive from '@adonisjs/drive/services/main'
import MediaFile from '#notifications/models/media_file'
import { StoreImage } from '#notifications/actions/store_image'
import { ADMIN, BroadcastWorld } from '#tests/support/broadcasts/world'
import { pngImage } from '#tests/support/images'

const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  'base64'
)
const WEBP = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64')
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>'
)
const HTML = Buffer.from('<!doctype html><script>alert(1)</script>')

/** Begins as a PNG of that size begins; nothing follows. */
function pngHeader(width: number, height: number) {
  const png = Buffer.from(pngImage(1, 1))
  png.writeUInt32BE(width, 16)
  png.writeUInt32BE(height, 20)
  return png
}

test.group('Images of messages', (group) => {
  const world = new BroadcastWorld()
  let folder: string
  group.each.setup(async () => {
    await world.setup()
    folder = await mkdtemp(join(tmpdir(), 'kontora-upload-'))
    return async () => {
      world.teardown()
      await rm(folder, { recursive: true })
    }
  })

  const store = async (bytes: Buffer, name = 'autumn.png') => {
    const file = join(folder, 'upload')
    await writeFile(file, bytes)
    const action = await world.make(StoreImage)
    return action.handle({ file, name, actor: ADMIN })
  }

  test('is kept as {mime}, whatever it is called')
    .with([
      { bytes: pngImage(640, 360), mime: 'image/png', width: 640, height: 360 },
      { bytes: JPEG, mime: 'image/jpeg', width: 1, height: 1 },
      { bytes: WEBP, mime: 'image/webp', width: 1, height: 1 },
    ])
    .run(async ({ assert }, { bytes, mime, width, height }) => {
      const stored = await store(bytes, '../../etc/<script>.svg')
      if (!stored.ok) throw new Error(stored.refusal.code)
      const file = await MediaFile.findByOrFail('key', stored.value.key)
      assert.containSubset(file.serialize(), { mime, width, height, size: bytes.length, uploadedBy: ADMIN.id })
      assert.match(file.path, /^images\/[0-9a-f]{40}\/[A-Za-z0-9_-]+\.(png|jpg|webp)$/)
      const kept = await drive.use().getBytes(file.path)
      assert.deepEqual(Buffer.from(kept), bytes)
    })

  test('{name} is refused as {code}, and nothing is kept')
    .with([
      { name: 'gif', bytes: GIF, code: 'not_an_image' },
      { name: 'svg', bytes: SVG, code: 'not_an_image' },
      { name: 'html', bytes: HTML, code: 'not_an_image' },
      { name: 'an empty file', bytes: Buffer.alloc(0), code: 'not_an_image' },
      { name: 'a cut header', bytes: pngImage(4, 4).subarray(0, 12), code: 'not_an_image' },
      { name: 'a picture of no width', bytes: pngHeader(0, 10), code: 'not_an_image' },
      { name: '9000 x 1001', bytes: pngHeader(9000, 1001), code: 'image_sides' },
      { name: '21 x 1', bytes: pngHeader(21, 1), code: 'image_ratio' },
      {
        name: '10 MB and a byte',
        bytes: Buffer.concat([pngImage(2, 2), Buffer.alloc(10 * 1024 * 1024)]),
        code: 'image_too_large',
      },
    ])
    .run(async ({ assert }, { bytes, code }) => {
      const stored = await store(bytes)
      assert.equal(!stored.ok && stored.refusal.code, code)
      assert.lengthOf(await MediaFile.all(), 0)
    })

  test('is just small enough at the limits', async ({ assert }) => {
    for (const bytes of [pngHeader(9000, 1000), pngHeader(20, 1)]) {
      const stored = await store(bytes)
      assert.isTrue(stored.ok)
    }
  })

  test('is stored once, and Telegram’s copy of it is used again', async ({ assert }) => {
    const first = await store(pngImage(3, 3))
    const second = await store(pngImage(3, 3), 'other name.png')
    if (!first.ok || !second.ok) throw new Error('Not stored')
    assert.equal(first.value.key, second.value.key)
    assert.lengthOf(await MediaFile.all(), 1)
  })
})
