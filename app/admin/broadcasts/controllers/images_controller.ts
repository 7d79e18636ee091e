import type { HttpContext } from '@adonisjs/core/http'
import drive from '@adonisjs/drive/services/main'
import { permission } from '#admin/abilities/permissions'
import MediaFile from '#notifications/models/media_file'

/** Uploads are private: only admins who may see broadcasts get them, and only as the images they were checked to be. */
export default class ImagesController {
  async show({ bouncer, params, response }: HttpContext) {
    await bouncer.authorize(permission, 'broadcasts.view')
    const { path, mime } = await MediaFile.findByOrFail('key', params.key)
    response.header('content-type', mime)
    response.header('content-disposition', `attachment; filename="${path.split('/').at(-1)}"`)
    response.header('x-content-type-options', 'nosniff')
    response.header('content-security-policy', "default-src 'none'; sandbox")
    response.header('cache-control', 'private, max-age=86400, immutable')
    return response.stream(await drive.use().getStream(path))
  }
}
