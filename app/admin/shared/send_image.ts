import type { HttpContext } from '@adonisjs/core/http'
import drive from '@adonisjs/drive/services/main'
import MediaFile from '#notifications/models/media_file'

/** Uploads are private: a controller authorises the reader first, and they leave only as the images they were checked to be. */
export async function sendImage({ response }: HttpContext, key: string) {
  const { path, mime } = await MediaFile.findByOrFail('key', key)
  response.header('content-type', mime)
  response.header('content-disposition', `attachment; filename="${path.split('/').at(-1)}"`)
  response.header('x-content-type-options', 'nosniff')
  response.header('content-security-policy', "default-src 'none'; sandbox")
  response.header('cache-control', 'private, max-age=86400, immutable')
  return response.stream(await drive.use().getStream(path))
}
