import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { ACCOUNT_KINDS } from '#ledger/accounts'
import { LedgerTotalsQuery } from '#ledger/queries/ledger_totals_query'
import { permission } from '#admin/abilities/permissions'
import { CURRENCY_NAMES } from '#admin/ledger/lists/accounts_list'
import { entriesList } from '#admin/ledger/lists/entries_list'
import { sumOf } from '#admin/ledger/page/sum'
import { renderList } from '#admin/shared/render_list'

@inject()
export default class EntriesController {
  constructor(
    private clock: Clock,
    private totals: LedgerTotalsQuery
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'ledger.view')
    const { filters } = entriesList.state(ctx.request.qs())
    const isPage = ctx.request.qs().format !== 'csv'
    return renderList(ctx, entriesList, 'admin/ledger/entries/index', this.clock.now(), {
      sum: isPage && filters.has('currency') ? sumOf(await this.totals.run(), filters) : null,
      kinds: ACCOUNT_KINDS,
      currencies: CURRENCY_NAMES,
    })
  }
}
