import drive from '@adonisjs/drive/services/main'
import MediaFile from '#notifications/models/media_file'
import { pngImage } from '#tests/support/images'

/** An image that was uploaded under that key, on the disk of this test: `drive.fake()` first. */
export async function givenPhoto(key = 'sunset'): Promise<MediaFile> {
  const [width, height] = [320, 200]
  const bytes = pngImage(width, height)
  const path = `images/${key}/photo.png`
  await drive.use().put(path, bytes)
  const facts = { mime: 'image/png', size: bytes.length, width, height, createdAt: 1, uploadedBy: null }
  return MediaFile.create({ key, path, sha256: 'a'.repeat(64), ...facts })
}
