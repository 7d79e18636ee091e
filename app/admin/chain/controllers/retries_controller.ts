import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { RetryOperation } from '#chain/actions/retry_operation'
import ChainOperation from '#chain/models/chain_operation'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Lets an operation that waits for a person go on. */
@inject()
export default class RetriesController {
  constructor(private retryOperation: RetryOperation) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'chain.manage')
    const { id, reference } = await ChainOperation.findByOrFail('reference', ctx.params.reference)
    const result = await this.retryOperation.run({ operationId: id, actor: ctx.actor })
    flashResult(ctx, result, panelText('chain.retries.done'))
    return ctx.response.redirect().toPath(`/admin/chain/operations/${reference}`)
  }
}
