import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { GiveUpOperation } from '#chain/actions/give_up_operation'
import ChainOperation from '#chain/models/chain_operation'
import { giveUpValidator } from '#admin/chain/validators/chain_validators'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Ends an operation that nobody wants any more. */
@inject()
export default class GiveUpsController {
  constructor(private giveUpOperation: GiveUpOperation) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'chain.manage')
    const { id, reference } = await ChainOperation.findByOrFail('reference', ctx.params.reference)
    const { note } = await ctx.request.validateUsing(giveUpValidator)
    const result = await this.giveUpOperation.run({ operationId: id, note, actor: ctx.actor })
    const status = result.ok ? result.value.status : ''
    flashResult(ctx, result, panelText(`chain.give_ups.${status === 'failed' ? 'done' : 'under_way'}`))
    return ctx.response.redirect().toPath(`/admin/chain/operations/${reference}`)
  }
}
