import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ArchivePackage } from '#stars/actions/archive_package'
import StarPackage from '#stars/models/star_package'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Takes a package out of the shop for good. */
@inject()
export default class ArchivesController {
  constructor(private archivePackage: ArchivePackage) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.packages')
    const { id } = await StarPackage.findOrFail(ctx.params.id)
    const result = await this.archivePackage.handle({ packageId: id, actor: ctx.actor })
    flashResult(ctx, result, panelText('stars.archived'))
    return ctx.response.redirect().toPath('/admin/stars')
  }
}
