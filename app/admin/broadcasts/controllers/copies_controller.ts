import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { DuplicateBroadcast } from '#broadcasts/actions/duplicate_broadcast'
import Broadcast from '#broadcasts/models/broadcast'
import { permission } from '#admin/abilities/permissions'
import { answer } from '#admin/broadcasts/answer'

@inject()
export default class CopiesController {
  constructor(private duplicateBroadcast: DuplicateBroadcast) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'broadcasts.edit')
    const { id, reference } = await Broadcast.findByOrFail('reference', ctx.params.reference)
    const result = await this.duplicateBroadcast.handle({ broadcastId: id, actor: ctx.actor })
    const to = result.ok ? `${result.value.reference}/edit` : reference
    return answer(ctx, result, { reference, done: 'done.duplicated', to })
  }
}
