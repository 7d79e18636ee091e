import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { PayPrize } from '#raffles/actions/pay_prize'
import Raffle from '#raffles/models/raffle'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** An admin has a prize paid that waits in the contract. */
@inject()
export default class ClaimsController {
  constructor(private payPrize: PayPrize) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'raffles.draw')
    const { id, reference } = await Raffle.findByOrFail('reference', ctx.params.reference)
    const result = await this.payPrize.run({ raffleId: id, actor: ctx.actor })
    flashResult(ctx, result, panelText('raffles.prize.done'))
    return ctx.response.redirect().toPath(`/admin/raffles/${reference}`)
  }
}
