import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ReorderMissions } from '#markets/actions/reorder_missions'
import Mission from '#markets/models/mission'
import { moveValidator } from '#admin/missions/validators/mission_validators'
import { flashResult } from '#admin/shared/flash_result'
import { moved } from '#admin/shared/moved'
import { panelText } from '#admin/shared/words'

/** Moves a mission one place up or down in the bot. */
@inject()
export default class MissionMovesController {
  constructor(private reorderMissions: ReorderMissions) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'missions.edit')
    const { id } = await Mission.findOrFail(ctx.params.id)
    const { direction } = await ctx.request.validateUsing(moveValidator)
    const missions = await Mission.query().orderBy('position').orderBy('id')
    const order = missions.map((mission) => mission.id)
    const result = await this.reorderMissions.handle({ ids: moved(order, id, direction), actor: ctx.actor })
    flashResult(ctx, result, panelText('missions.moved'))
    return ctx.response.redirect().toPath('/admin/missions')
  }
}
