import type { HttpContext } from '@adonisjs/core/http'
import { Exception } from '@adonisjs/core/exceptions'
import drive from '@adonisjs/drive/services/main'
import { settingImageType } from '#system/settings/setting_image'

/** The logo, which the login page shows to everybody; its name is the hash of its content. */
export default class BrandLogosController {
  async show({ params, response }: HttpContext) {
    const path = `brand/${params.file}`
    const type = settingImageType(path)
    if (!type || !(await drive.use().exists(path))) throw new Exception('Not found', { status: 404 })
    response.header('content-type', type)
    response.header('x-content-type-options', 'nosniff')
    response.header('content-security-policy', "default-src 'none'; sandbox")
    response.header('cache-control', 'public, max-age=31536000, immutable')
    return response.stream(await drive.use().getStream(path))
  }
}
