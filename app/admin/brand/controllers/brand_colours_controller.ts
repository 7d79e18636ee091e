import type { HttpContext } from '@adonisjs/core/http'
import { stylesheetOf } from '#admin/brand/palette'

/** The stylesheet of a colour: all of it follows from the address, so browsers may keep it. */
export default class BrandColoursController {
  show({ params, response }: HttpContext) {
    response.header('content-type', 'text/css; charset=utf-8')
    response.header('cache-control', 'public, max-age=31536000, immutable')
    return response.send(stylesheetOf(`#${params.colour}`))
  }
}
