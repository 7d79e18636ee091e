import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import ChainReconciliation from '#chain/models/chain_reconciliation'
import { Reconcile } from '#chain/reconciliation/reconcile'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import { Clock } from '#core/clock'
import { refuse } from '#core/result'
import { reconciliationsList } from '#admin/chain/lists/reconciliations_list'
import { comparedLine } from '#admin/chain/page/compared_line'
import { renderList } from '#admin/shared/render_list'
import { panelText, refusalText } from '#admin/shared/words'

/** Comparisons of our books with the chain: every night, and whenever somebody asks. */
@inject()
export default class ReconciliationsController {
  constructor(
    private clock: Clock,
    private reconcile: Reconcile
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'chain.view')
    const list = reconciliationsList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/chain/reconciliations/index', this.clock.now())
  }

  async show({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'chain.view')
    const run = await ChainReconciliation.findOrFail(params.id)
    return view.render('admin/chain/reconciliations/show', { run, lines: run.lines.map(comparedLine) })
  }

  async store({ bouncer, response, session }: HttpContext) {
    await bouncer.authorize('permission', 'chain.manage')
    const result = await this.#run()
    if (!result.ok) {
      session.flash('error', refusalText(result.refusal))
      return response.redirect().toPath('/admin/chain/reconciliations')
    }
    const { id, differences } = result.value
    const text = panelText('chain.reconciliations.done', { count: differences })
    session.flash(differences === 0 ? 'success' : 'warning', text)
    return response.redirect().toPath(`/admin/chain/reconciliations/${id}`)
  }

  async #run() {
    try {
      return await this.reconcile.run()
    } catch (error) {
      if (error instanceof ChainUnavailable) return refuse('chain_unavailable')
      throw error
    }
  }
}
