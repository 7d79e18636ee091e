import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import type ChainOperation from '#chain/models/chain_operation'
import { isWaiting, type Waiting } from '#chain/operations/reasons'
import { Alerts } from '#core/contracts/alerts'
import type { Trx } from '#core/database/transaction'

const TROUBLES: Record<Waiting, { title: string; next: string }> = {
  treasury_empty: {
    title: 'The treasury can’t pay for gas: operations wait',
    next: 'Send the chain’s coin to the treasury; what waits goes on by itself',
  },
  gas_budget: {
    title: 'Today’s budget for gas is spent: operations wait',
    next: 'Raise the budget, or wait for tomorrow (UTC)',
  },
  gas_price: {
    title: 'Gas costs more than allowed: operations wait',
    next: 'Raise the highest fee, or wait until gas is cheaper',
  },
  withdrawals_off: {
    title: 'Withdrawals are switched off: accepted ones wait',
    next: 'See why they went off, then switch them on in the settings; what waits goes on by itself',
  },
}

const ADVICE: Record<string, string> = {
  nonce_taken: 'Somebody else has signed for this account: see the address in an explorer before anything is retried',
  paid_elsewhere:
    'See the transaction that its page names: if it is this payment, give the withdrawal up; if not, give it up too, and let the customer ask again',
  no_event:
    'See its transaction in an explorer: it succeeded, and its event was not found. If it did nothing, give it up',
  refused_by_node: 'See what the nodes say on its page; it is handed over again by itself',
  keeps_failing: 'See the log and the state of the RPC, then retry it or give it up',
}

type Facts = Pick<ChainOperation, 'status' | 'reason' | 'reference'>

/** What admins hear of operations: one trouble that many wait for is told once, one that is stuck by itself each. */
@inject()
export class OperationAlerts {
  constructor(
    private logger: Logger,
    private alerts: Alerts
  ) {}

  /** What is over is told after the commit: again perhaps, but never forgotten. */
  async moved(trx: Trx, before: Facts, operation: ChainOperation) {
    const [former, present] = [troubleOf(before), troubleOf(operation)]
    if (former && former !== present) trx.after('commit', () => this.#over(former, before))
    if (!present) return
    if (isWaiting(operation.reason)) {
      const { title, next } = TROUBLES[operation.reason]
      const about = { kind: 'chain', severity: 'critical', fingerprint: present, title } as const
      return this.alerts.raiseIn(trx, { ...about, details: { next } })
    }
    const reason = operation.reason ?? 'unknown'
    await this.alerts.raiseIn(trx, {
      kind: 'chain',
      severity: 'warning',
      fingerprint: present,
      title: `Operation ${operation.reference} (${operation.kind}) waits for a person: ${reason.replaceAll('_', ' ')}`,
      details: { next: ADVICE[reason] ?? 'See its page, then retry it or give it up' },
    })
  }

  /** Others may still wait for the same. */
  async #over(fingerprint: string, { reason }: Facts) {
    try {
      const others = isWaiting(reason) && (await this.#anybodyWaits(reason))
      if (!others) await this.alerts.resolve(fingerprint)
    } catch (error) {
      this.logger.warn({ err: error, fingerprint }, 'An alert could not be closed')
    }
  }

  #anybodyWaits(reason: Waiting) {
    return db.from('chain_operations').whereNull('finished_at').where({ status: 'needs_attention', reason }).first()
  }
}

/** Fingerprint of what is wrong with it; null while nothing is. */
function troubleOf({ status, reason, reference }: Facts) {
  if (status !== 'needs_attention') return null
  return isWaiting(reason) ? `chain:${reason}` : `chain_operation:${reference}`
}
