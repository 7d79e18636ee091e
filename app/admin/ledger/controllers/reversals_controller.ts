import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { transaction } from '#core/database/transaction'
import { ReverseTransfer } from '#ledger/actions/reverse_transfer'
import { reversalPostings } from '#ledger/adjustments/reversal_postings'
import { Reverser } from '#ledger/adjustments/reverser'
import { permission } from '#admin/abilities/permissions'
import { namesOfCodes } from '#admin/ledger/page/account_names'
import { reversalValidator } from '#admin/ledger/validators/ledger_validators'
import { flashResult } from '#admin/shared/flash_result'
import { panelText, refusalText } from '#admin/shared/words'

/** Undoes a transfer: what moves is shown first. */
@inject()
export default class ReversalsController {
  constructor(
    private reverseTransfer: ReverseTransfer,
    private reverser: Reverser
  ) {}

  async create({ bouncer, params, response, session, view }: HttpContext) {
    await bouncer.authorize(permission, 'ledger.adjust')
    const transferId = Number(params.id)
    const sides = await transaction((trx) => this.reverser.sides(trx, transferId))
    if (!sides.ok) {
      session.flash('error', refusalText(sides.refusal))
      return response.redirect().toPath(`/admin/ledger/transfers/${transferId}`)
    }
    const nameOf = await namesOfCodes(sides.value.map(({ account }) => account.code))
    const postings = reversalPostings(sides.value).map(({ from, to, amount }) => ({
      ...{ from: nameOf(from.code), to: nameOf(to.code), money: amount },
    }))
    const isTold = sides.value.some(({ account }) => account.customerId !== null)
    return view.render('admin/ledger/reversals/create', { transferId, postings, isTold })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'ledger.adjust')
    const { reason } = await ctx.request.validateUsing(reversalValidator)
    const transferId = Number(ctx.params.id)
    const result = await this.reverseTransfer.handle({ transferId, reason, actor: ctx.actor })
    const isWaiting = result.ok && result.value.status === 'awaiting_approval'
    flashResult(ctx, result, panelText(`ledger.reversal.${isWaiting ? 'awaiting' : 'done'}`))
    return ctx.response.redirect().toPath(`/admin/ledger/transfers/${transferId}`)
  }
}
