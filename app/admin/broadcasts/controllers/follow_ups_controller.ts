import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { ResendUnknown } from '#broadcasts/actions/resend_unknown'
import { RetryFailed } from '#broadcasts/actions/retry_failed'
import { UnsendBroadcast } from '#broadcasts/actions/unsend_broadcast'
import Broadcast from '#broadcasts/models/broadcast'
import { countFollowUp, FOLLOW_UPS, type FollowUp } from '#broadcasts/queries/follow_up_query'
import { Pace } from '#broadcasts/pace'
import { permission } from '#admin/abilities/permissions'
import { answer } from '#admin/broadcasts/answer'
import { pathTo } from '#admin/broadcasts/paths'
import { words } from '#admin/broadcasts/words'

/** What can still be done with messages that went out: each is shown with its numbers before it happens. */
@inject()
export default class FollowUpsController {
  constructor(
    private clock: Clock,
    private pace: Pace,
    private retry: RetryFailed,
    private resend: ResendUnknown,
    private unsend: UnsendBroadcast
  ) {}

  async create({ bouncer, params, response, session, view }: HttpContext) {
    await bouncer.authorize(permission, 'broadcasts.send')
    const kind = kindOf(params.kind)
    const broadcast = await Broadcast.findByOrFail('reference', params.reference)
    const total = kind ? await countFollowUp(kind, broadcast.id, this.clock.now()) : 0
    if (!kind || total === 0) {
      session.flash('warning', words(kind ? `follow_ups.${kind}.nothing` : 'refusals.broadcast_not_found'))
      return response.redirect().toPath(pathTo(broadcast.reference))
    }
    const { seconds } = await this.pace.estimate(total, { paid: Boolean(broadcast.paid) })
    return view.render('admin/broadcasts/follow_up', { broadcast, kind, total, milliseconds: seconds * 1000 })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'broadcasts.send')
    const kind = kindOf(ctx.params.kind)
    const { id, reference } = await Broadcast.findByOrFail('reference', ctx.params.reference)
    if (!kind) return ctx.response.redirect().toPath(pathTo(reference))
    const result = await this[kind].handle({ broadcastId: id, actor: ctx.actor })
    return answer(ctx, result, { reference, done: `follow_ups.${kind}.done` })
  }
}

const kindOf = (name: string): FollowUp | undefined => FOLLOW_UPS.find((known) => known === name)
