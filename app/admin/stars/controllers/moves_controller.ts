import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ReorderPackages } from '#stars/actions/reorder_packages'
import StarPackage from '#stars/models/star_package'
import { moveValidator } from '#admin/stars/validators/package_validators'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Moves a package one place up or down in the shop. */
@inject()
export default class MovesController {
  constructor(private reorderPackages: ReorderPackages) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.packages')
    const moved = await StarPackage.findOrFail(ctx.params.id)
    const { direction } = await ctx.request.validateUsing(moveValidator)
    const packages = await StarPackage.query().whereNull('archivedAt').orderBy('position').orderBy('id')
    const ids = swapped(
      packages.map(({ id }) => id),
      moved.id,
      direction === 'up' ? -1 : 1
    )
    flashResult(ctx, await this.reorderPackages.handle({ ids, actor: ctx.actor }), panelText('stars.moved'))
    return ctx.response.redirect().toPath('/admin/stars')
  }
}

/** The first can't go up, nor the last down: then the order stays. */
function swapped(ids: number[], id: number, by: -1 | 1) {
  const [from, to] = [ids.indexOf(id), ids.indexOf(id) + by]
  if (from === -1 || ids[to] === undefined) return ids
  return ids.map((one, index) => (index === from ? ids[to] : index === to ? id : one))
}
