import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ReverseTransfer } from '#ledger/actions/reverse_transfer'
import { Reverser } from '#ledger/adjustments/reverser'
import { permission } from '#admin/abilities/permissions'
import { reversalValidator } from '#admin/ledger/validators/ledger_validators'
import { PREVIEW_ACTOR, previewOf } from '#admin/shared/ledger_preview'
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
    const preview = await previewOf((trx) => this.reverser.post(trx, transferId, 'preview', PREVIEW_ACTOR))
    if (!preview.ok) {
      session.flash('error', refusalText(preview.refusal))
      return response.redirect().toPath(`/admin/ledger/transfers/${transferId}`)
    }
    return view.render('admin/ledger/reversals/create', { transferId, entries: preview.value })
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
