import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { ACCOUNT_KINDS } from '#ledger/accounts'
import LedgerAccount from '#ledger/models/ledger_account'
import { BalanceAtQuery } from '#ledger/queries/balance_at_query'
import { TRANSFER_KINDS } from '#ledger/transfer_kinds'
import { permission } from '#admin/abilities/permissions'
import { accountsList, CURRENCY_NAMES } from '#admin/ledger/lists/accounts_list'
import { accountEntriesList } from '#admin/ledger/lists/entries_list'
import { namesOfCodes } from '#admin/ledger/page/account_names'
import { instantOf, localTimeOf } from '#admin/shared/local_time'
import { renderList } from '#admin/shared/render_list'

@inject()
export default class AccountsController {
  constructor(
    private clock: Clock,
    private balanceAt: BalanceAtQuery
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'ledger.view')
    return renderList(ctx, accountsList, 'admin/ledger/accounts/index', this.clock.now(), {
      kinds: ACCOUNT_KINDS,
      currencies: CURRENCY_NAMES,
    })
  }

  async show(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'ledger.view')
    const { timeZone } = ctx.auth.getUserOrFail()
    const account = await LedgerAccount.findOrFail(ctx.params.id)
    const nameOf = await namesOfCodes([account.code])
    const at = instantOf(String(ctx.request.input('at')), timeZone)
    const list = accountEntriesList(account, timeZone)
    return renderList(ctx, list, 'admin/ledger/accounts/show', this.clock.now(), {
      ...{ account, title: nameOf(account.code), kinds: TRANSFER_KINDS, at },
      atLocal: localTimeOf(at ?? this.clock.now(), timeZone),
      past: at === undefined ? null : await this.balanceAt.run(account, at),
    })
  }
}
