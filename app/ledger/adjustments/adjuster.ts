import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import { system } from '#ledger/accounts'
import { accountOf, type Adjustment } from '#ledger/adjustments/adjustment'
import { MoneyNotices, signed } from '#ledger/adjustments/money_notices'
import { Ledger } from '#ledger/ledger'
import type { Posted } from '#ledger/transfer_input'

/** Posts an adjustment, now or once a second admin has agreed: money, audit entry and message are one. */
@inject()
export class Adjuster {
  constructor(
    private ledger: Ledger,
    private audit: Audit,
    private notices: MoneyNotices
  ) {}

  /** Refuses `customer_not_found`, or as a transfer does. `requestedBy`: the admin who asked, when another approved. */
  async post(trx: Trx, adjustment: Adjustment, actor: Actor, requestedBy?: number): Promise<Result<Posted>> {
    const { reference, customerId, change, reason } = adjustment
    if (!(await trx.from('customers').where('id', customerId).select('id').first())) return refuse('customer_not_found')
    const account = accountOf(adjustment)
    const source = system(change.currency === 'PRED' ? 'issuance' : 'adjustments', change.currency)
    const posting = change.isNegative
      ? { from: account, to: source, amount: change.negate() }
      : { from: source, to: account, amount: change }
    const posted = await this.ledger.transfer(trx, {
      kind: 'adjustment',
      key: `adjustment:${reference}`,
      postings: [posting],
      reference: { type: 'customer', id: customerId },
      actor,
      note: reason,
    })
    if (!posted.ok || posted.value.repeated) return posted

    await this.audit.record(trx, {
      actor,
      action: 'ledger.adjusted',
      subjectType: 'customer',
      subjectId: customerId,
      after: { account: adjustment.account, change: signed(change), reason, transfer: posted.value.id, requestedBy },
    })
    await this.notices.balanceChanged(trx, account, change)
    return ok(posted.value)
  }
}
