import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { TX_KINDS } from '#chain/values'
import { transactionsList, TX_STATUS_FILTERS } from '#admin/chain/lists/transactions_list'
import { addressNames } from '#admin/shared/chain_names'
import { renderList } from '#admin/shared/render_list'

@inject()
export default class TransactionsController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'chain.view')
    const list = transactionsList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/chain/transactions/index', this.clock.now(), {
      ...{ addressNames, kinds: TX_KINDS, statuses: TX_STATUS_FILTERS },
    })
  }
}
