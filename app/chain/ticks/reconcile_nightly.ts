import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import ChainReconciliation from '#chain/models/chain_reconciliation'
import { isMoney } from '#chain/reconciliation/compare_money'
import { Reconcile } from '#chain/reconciliation/reconcile'
import { WITHDRAWALS_PAUSED } from '#chain/withdrawals/pause_withdrawals'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import type { Tick } from '#core/contracts/ticks'

const DAY_MS = 86_400_000
/** UTC; after the books were proven. */
const HOUR = 3

export const DIFFERS = 'chain:reconciliation'

/** Compares our books with the chain once a night, and calls admins when they differ. */
@inject()
export class ReconcileNightly implements Tick {
  readonly name = 'chain.reconcile'
  readonly everyMs = 600_000

  constructor(
    private chain: Chain,
    private clock: Clock,
    private reconcile: Reconcile,
    private alerts: Alerts
  ) {}

  async run(signal: AbortSignal) {
    if (!this.chain.config) return
    const { chainId } = this.chain.config
    const last = await ChainReconciliation.query().where({ chainId }).orderBy('id', 'desc').first()
    if (last && last.startedAt >= lastNight(this.clock.now())) return
    const result = await this.reconcile.run(signal)
    if (!result.ok) return
    const { differences, blockNumber, lines } = result.value
    if (differences === 0) {
      await this.alerts.resolve(DIFFERS)
      return
    }
    const [{ kind, subject, ours, chain }] = lines
    await this.alerts.raise({
      kind: 'chain',
      severity: 'critical',
      fingerprint: DIFFERS,
      title: 'Our books differ from the chain',
      details: {
        differences,
        block: blockNumber,
        first: `${kind} ${subject}: ours ${ours}, chain ${chain}`,
        ...(lines.some(isMoney) && { withdrawals: WITHDRAWALS_PAUSED }),
        next: 'Run chain:reconcile, and find out why before anything else',
      },
    })
  }
}

const lastNight = (now: number) => {
  const hour = HOUR * 3_600_000
  return Math.floor((now - hour) / DAY_MS) * DAY_MS + hour
}
