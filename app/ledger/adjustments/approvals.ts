import { inject } from '@adonisjs/core'
import i18nManager from '@adonisjs/i18n/services/main'
import db from '@adonisjs/lucid/services/db'
import type { ApprovalHandler, PendingApproval } from '#core/contracts/approvals'
import type { Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import { formatMoney } from '#core/money/format_money'
import { transaction } from '#core/database/transaction'
import { ADJUSTMENT } from '#ledger/actions/adjust_balance'
import { REVERSAL } from '#ledger/actions/reverse_transfer'
import { Adjuster } from '#ledger/adjustments/adjuster'
import { fromPayload } from '#ledger/adjustments/adjustment'
import { signed } from '#ledger/adjustments/money_notices'
import { largest, Reverser } from '#ledger/adjustments/reverser'

/** A second admin agrees to an adjustment. */
@inject()
export class AdjustmentApproval implements ApprovalHandler {
  readonly action = ADJUSTMENT
  readonly permission = 'ledger.adjust'

  constructor(private adjuster: Adjuster) {}

  async describe({ payload }: PendingApproval) {
    const { customerId, account, change, reason } = fromPayload(payload)
    const customer = await db.from('customers').where('id', customerId).firstOrFail()
    const name = [customer.first_name, customer.last_name].filter(Boolean).join(' ') || `#${customerId}`
    return {
      title: words('adjustment', { change: signed(change), customer: name }),
      facts: [
        { label: words('customer'), value: name },
        { label: words('account'), value: words(account) },
        { label: words('change'), value: signed(change) },
        { label: words('reason'), value: reason },
      ],
      link: { route: 'admin.customers.show', params: [customerId] },
    }
  }

  execute(trx: Trx, { payload, requestedBy }: PendingApproval, approver: Actor) {
    return this.adjuster.post(trx, fromPayload(payload), approver, requestedBy ?? undefined)
  }
}

/** A second admin agrees to a reversal. */
@inject()
export class ReversalApproval implements ApprovalHandler {
  readonly action = REVERSAL
  readonly permission = 'ledger.adjust'

  constructor(private reverser: Reverser) {}

  async describe({ payload }: PendingApproval) {
    const { transferId, reason } = payload as { transferId: number; reason: string }
    const sides = await transaction((trx) => this.reverser.sides(trx, transferId))
    return {
      title: words('reversal', { id: String(transferId) }),
      facts: [
        ...(sides.ok ? [{ label: words('amount'), value: formatMoney(largest(sides.value)) }] : []),
        { label: words('reason'), value: reason },
      ],
      link: { route: 'admin.ledger.transfers.show', params: [transferId] },
    }
  }

  execute(trx: Trx, { payload, requestedBy }: PendingApproval, approver: Actor) {
    const { transferId, reason } = payload as { transferId: number; reason: string }
    return this.reverser.post(trx, transferId, reason, approver, requestedBy ?? undefined)
  }
}

const words = (key: string, params?: Record<string, string>) =>
  i18nManager.locale(i18nManager.defaultLocale).t(`panel.ledger.approvals.${key}`, params)
