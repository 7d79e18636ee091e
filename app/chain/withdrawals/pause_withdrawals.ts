import { inject } from '@adonisjs/core'
import { withdrawalsEnabled } from '#chain/settings'
import { Audit, SYSTEM_ACTOR } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'

/** For the alert that tells why. */
export const WITHDRAWALS_PAUSED = 'Paused: an owner switches them on again in the settings'

/** Nothing more is sent to the outside while our books may be wrong: the switch goes off, and stays so. */
@inject()
export class PauseWithdrawals {
  constructor(
    private settings: Settings,
    private audit: Audit
  ) {}

  /** In the transaction that records what was found. */
  async run(trx: Trx, reason: 'reorganisation' | 'reconciliation') {
    if (!(await this.settings.getIn(trx, withdrawalsEnabled))) return
    await this.settings.set(trx, withdrawalsEnabled, false)
    const { key, group } = withdrawalsEnabled
    await this.audit.record(trx, {
      actor: SYSTEM_ACTOR,
      action: 'settings.changed',
      subjectType: 'settings',
      subjectId: group,
      before: { [key]: true },
      after: { [key]: false, reason },
    })
  }
}
