import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { CancelBroadcast } from '#broadcasts/actions/cancel_broadcast'
import Broadcast from '#broadcasts/models/broadcast'
import { permission } from '#admin/abilities/permissions'
import { answer } from '#admin/broadcasts/answer'

@inject()
export default class CancellationsController {
  constructor(private cancelBroadcast: CancelBroadcast) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'broadcasts.send')
    const { id, reference } = await Broadcast.findByOrFail('reference', ctx.params.reference)
    const result = await this.cancelBroadcast.handle({ broadcastId: id, actor: ctx.actor })
    return answer(ctx, result, { reference, done: 'done.cancelled' })
  }
}
