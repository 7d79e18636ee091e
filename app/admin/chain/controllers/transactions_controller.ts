import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import ChainTxAttempt from '#chain/models/chain_tx_attempt'
import { TX_KINDS } from '#chain/values'
import { Clock } from '#core/clock'
import { transactionsList, TX_STATUS_FILTERS } from '#admin/chain/lists/transactions_list'
import { momentsOf } from '#admin/chain/page/operation_events'
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

  /** By the hash of any of its attempts. */
  async show({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'chain.view')
    const { txId } = await ChainTxAttempt.findByOrFail('hash', String(params.hash).toLowerCase())
    const tx = await ChainTx.findOrFail(txId)
    const attempts = await ChainTxAttempt.query().where('txId', tx.id).orderBy('id', 'desc')
    return view.render('admin/chain/transactions/show', {
      ...{ tx, attempts, timeline: momentsOf(tx, attempts.toReversed()).reverse() },
      operation: tx.operationId === null ? null : await ChainOperation.find(tx.operationId),
      named: await addressNames([tx.fromKey, tx.toKey]),
    })
  }
}
