import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { RequestDraw } from '#raffles/actions/request_draw'
import Raffle from '#raffles/models/raffle'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** An admin has the round drawn now. */
@inject()
export default class DrawsController {
  constructor(private requestDraw: RequestDraw) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'raffles.draw')
    const { id, reference } = await Raffle.findByOrFail('reference', ctx.params.reference)
    const result = await this.requestDraw.run({ cause: 'admin', requestedBy: ctx.actor, raffleId: id })
    flashResult(ctx, result, panelText('raffles.draws.done'))
    return ctx.response.redirect().toPath(`/admin/raffles/${reference}`)
  }
}
