import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { TRANSFER_KINDS } from '#ledger/transfer_kinds'
import Admin from '#staff/models/admin'
import { permission } from '#admin/abilities/permissions'
import { CURRENCY_NAMES } from '#admin/ledger/lists/accounts_list'
import { transfersList, type TransferRow } from '#admin/ledger/lists/transfers_list'
import { namesOfCodes } from '#admin/ledger/page/account_names'
import { TransferDetail } from '#admin/ledger/page/transfer_detail'
import { renderList } from '#admin/shared/render_list'

@inject()
export default class TransfersController {
  constructor(
    private clock: Clock,
    private detail: TransferDetail
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'ledger.view')
    const list = transfersList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/ledger/transfers/index', this.clock.now(), {
      kinds: TRANSFER_KINDS,
      currencies: CURRENCY_NAMES,
      admins: await Admin.query().orderBy('full_name').select('id', 'full_name'),
      namesOf: (rows: TransferRow[]) => namesOfCodes(rows.flatMap((row) => row.movements.map(({ code }) => code))),
    })
  }

  async show({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize(permission, 'ledger.view')
    return view.render('admin/ledger/transfers/show', await this.detail.of(Number(params.id)))
  }
}
