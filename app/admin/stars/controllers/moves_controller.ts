import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ReorderPackages } from '#stars/actions/reorder_packages'
import StarPackage from '#stars/models/star_package'
import { moveValidator } from '#admin/stars/validators/package_validators'
import { flashResult } from '#admin/shared/flash_result'
import { moved } from '#admin/shared/moved'
import { panelText } from '#admin/shared/words'

/** Moves a package one place up or down in the shop. */
@inject()
export default class MovesController {
  constructor(private reorderPackages: ReorderPackages) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.packages')
    const { id } = await StarPackage.findOrFail(ctx.params.id)
    const { direction } = await ctx.request.validateUsing(moveValidator)
    const packages = await StarPackage.query().whereNull('archivedAt').orderBy('position').orderBy('id')
    const order = packages.map((item) => item.id)
    const result = await this.reorderPackages.handle({ ids: moved(order, id, direction), actor: ctx.actor })
    flashResult(ctx, result, panelText('stars.moved'))
    return ctx.response.redirect().toPath('/admin/stars')
  }
}
