import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import ChainOperation from '#chain/models/chain_operation'
import ChainReconciliation, { type ReconciliationLine } from '#chain/models/chain_reconciliation'
import { isWaiting } from '#chain/operations/reasons'
import { ChainStatusQuery } from '#chain/queries/chain_status_query'
import { CompareAccounts } from '#chain/reconciliation/compare_accounts'
import { CompareMoney, isMoney } from '#chain/reconciliation/compare_money'
import { PauseWithdrawals } from '#chain/withdrawals/pause_withdrawals'
import { Clock } from '#core/clock'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'

/** An operation that has not gone on for so long is stuck, whatever it says. */
const STUCK_MS = 3_600_000
/** Kept of what differs; all of it is counted. */
const KEPT_LINES = 500

/**
 * Compares our books with the chain at the last block whose events have taken effect, and keeps what it found. When
 * money differs, withdrawals are paused. Refuses `chain_off`, `chain_not_read` before the listener has begun, or
 * `interrupted`.
 *
 * @throws ChainUnavailable when nodes don't answer, or no longer have the state of that block.
 */
@inject()
export class Reconcile {
  constructor(
    private chain: Chain,
    private clock: Clock,
    private status: ChainStatusQuery,
    private money: CompareMoney,
    private accounts: CompareAccounts,
    private pause: PauseWithdrawals
  ) {}

  async run(signal?: AbortSignal): Promise<Result<ChainReconciliation>> {
    if (!this.chain.config) return refuse('chain_off')
    const status = await this.status.run()
    if (!status || status.confirmedBlock < 0) return refuse('chain_not_read')
    const { chainId, confirmedBlock: blockNumber } = status
    const startedAt = this.clock.now()
    const { wallets, lines } = await this.money.run(blockNumber, signal)
    lines.push(...(await this.accounts.run(chainId, blockNumber, signal)), ...(await this.#stuck(chainId)))
    if (signal?.aborted) return refuse('interrupted')
    const found = {
      ...{ chainId, blockNumber, wallets, startedAt },
      differences: lines.length,
      lines: lines.slice(0, KEPT_LINES),
      finishedAt: this.clock.now(),
    }
    return transaction(async (trx) => {
      if (lines.some(isMoney)) await this.pause.run(trx, 'reconciliation')
      return ok(await ChainReconciliation.create(found, { client: trx }))
    })
  }

  async #stuck(chainId: number): Promise<ReconciliationLine[]> {
    const open = await ChainOperation.query().where({ chainId }).whereNull('finishedAt').orderBy('id')
    const latest = this.clock.now() - STUCK_MS
    return open
      .filter(({ status, reason, createdAt, updatedAt }) => {
        const needsPerson = status === 'needs_attention' && !isWaiting(reason)
        return needsPerson || Math.max(createdAt, updatedAt) < latest
      })
      .map(({ reference, status, reason }) => ({
        kind: 'operation',
        subject: reference,
        ours: reason ? `${status}: ${reason}` : status,
        chain: '-',
      }))
  }
}
