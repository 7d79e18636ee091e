import type { HttpContext } from '@adonisjs/core/http'
import { sendImage } from '#admin/shared/send_image'

export default class ImagesController {
  async show(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.view')
    return sendImage(ctx, ctx.params.key)
  }
}
