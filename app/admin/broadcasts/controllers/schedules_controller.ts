import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ScheduleBroadcast } from '#broadcasts/actions/schedule_broadcast'
import { UnscheduleBroadcast } from '#broadcasts/actions/unschedule_broadcast'
import Broadcast from '#broadcasts/models/broadcast'
import { permission } from '#admin/abilities/permissions'
import { answer, refusalWords } from '#admin/broadcasts/answer'
import { scheduleInput } from '#admin/broadcasts/form/schedule_input'
import { pathTo } from '#admin/broadcasts/paths'
import { scheduleValidator } from '#admin/broadcasts/validators/schedule'
import { words } from '#admin/broadcasts/words'

@inject()
export default class SchedulesController {
  constructor(
    private scheduleBroadcast: ScheduleBroadcast,
    private unscheduleBroadcast: UnscheduleBroadcast
  ) {}

  /** Confirms what the review showed: a draft that changed since is shown again instead. */
  async store({ actor, auth, bouncer, params, request, response, session }: HttpContext) {
    await bouncer.authorize(permission, 'broadcasts.send')
    const { id, reference, revision } = await Broadcast.findByOrFail('reference', params.reference)
    const posted = await request.validateUsing(scheduleValidator)
    const { mode, local } = posted
    const when = scheduleInput(posted, auth.getUserOrFail().timeZone)
    const result =
      posted.revision === revision
        ? await this.scheduleBroadcast.handle({ broadcastId: id, when, actor })
        : ({ ok: false, refusal: { code: 'stale' } } as const)
    if (!result.ok) {
      session.flash('error', refusalWords(result.refusal))
      return response.redirect().toPath(pathTo(`${reference}/review`, { mode, local: local ?? undefined }))
    }
    session.flash('success', words(`scheduled.${result.value.status}`))
    return response.redirect().toPath(pathTo(reference))
  }

  async destroy(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'broadcasts.send')
    const { id, reference } = await Broadcast.findByOrFail('reference', ctx.params.reference)
    const result = await this.unscheduleBroadcast.handle({ broadcastId: id, actor: ctx.actor })
    return answer(ctx, result, { reference, done: 'done.unscheduled', to: `${reference}/edit` })
  }
}
