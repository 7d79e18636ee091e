import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { ChooseWinner } from '#broadcasts/actions/choose_winner'
import Broadcast from '#broadcasts/models/broadcast'
import { VARIANTS } from '#broadcasts/values'
import { permission } from '#admin/abilities/permissions'
import { answer } from '#admin/broadcasts/answer'

const validator = vine.create({ winner: vine.enum(VARIANTS) })

@inject()
export default class WinnersController {
  constructor(private chooseWinner: ChooseWinner) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'broadcasts.send')
    const { id, reference } = await Broadcast.findByOrFail('reference', ctx.params.reference)
    const { winner } = await ctx.request.validateUsing(validator)
    const result = await this.chooseWinner.handle({ broadcastId: id, winner, actor: ctx.actor })
    return answer(ctx, result, { reference, done: 'done.winner' })
  }
}
