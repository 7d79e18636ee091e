import type { HttpContext } from '@adonisjs/core/http'
import { permission } from '#admin/abilities/permissions'
import { sendImage } from '#admin/shared/send_image'

export default class ImagesController {
  async show(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'broadcasts.view')
    return sendImage(ctx, ctx.params.key)
  }
}
