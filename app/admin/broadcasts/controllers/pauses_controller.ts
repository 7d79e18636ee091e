import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { PauseBroadcast } from '#broadcasts/actions/pause_broadcast'
import { ResumeBroadcast } from '#broadcasts/actions/resume_broadcast'
import Broadcast from '#broadcasts/models/broadcast'
import { permission } from '#admin/abilities/permissions'
import { answer } from '#admin/broadcasts/answer'

@inject()
export default class PausesController {
  constructor(
    private pauseBroadcast: PauseBroadcast,
    private resumeBroadcast: ResumeBroadcast
  ) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'broadcasts.send')
    const { id, reference } = await Broadcast.findByOrFail('reference', ctx.params.reference)
    const result = await this.pauseBroadcast.handle({ broadcastId: id, actor: ctx.actor })
    return answer(ctx, result, { reference, done: 'done.paused' })
  }

  async destroy(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'broadcasts.send')
    const { id, reference } = await Broadcast.findByOrFail('reference', ctx.params.reference)
    const result = await this.resumeBroadcast.handle({ broadcastId: id, actor: ctx.actor })
    return answer(ctx, result, { reference, done: 'done.resumed' })
  }
}
