import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Outbox } from '#core/contracts/outbox'
import type { Trx } from '#core/database/transaction'
import Customer from '#customers/models/customer'
import Admin from '#staff/models/admin'
import Approval from '#staff/models/approval'
import { ApprovalDesk } from '#staff/approvals/approval_desk'

/** Tells the admin who made a request what became of it, when they linked their Telegram account. */
@inject()
export class ApprovalNews {
  constructor(
    private outbox: Outbox,
    private desk: ApprovalDesk,
    private logger: Logger
  ) {}

  /** What was asked for, in words. Handlers read outside of transactions, so it is asked before one. */
  async titleOf(approvalId: number): Promise<string> {
    const approval = await Approval.find(approvalId)
    if (!approval) return ''
    try {
      const description = await this.desk.handlerOf(approval.action)?.describe(approval)
      return description?.title ?? approval.action
    } catch (error) {
      this.logger.warn({ err: error, approval: approvalId }, 'A request could not be described')
      return approval.action
    }
  }

  /** In the transaction of the decision; the status says what there is to tell. */
  async tell(trx: Trx, { id, status, note, requestedBy }: Approval, title: string) {
    const requester = requestedBy === null ? null : await Admin.find(requestedBy, { client: trx })
    if (!requester?.telegramId || requester.isDisabled) return
    const customer = await Customer.findBy('telegramId', requester.telegramId, { client: trx })
    await this.outbox.write(trx, {
      type: 'ADMIN_ALERT',
      chatId: requester.telegramId,
      customerId: customer?.id,
      template: `approval_${status}`,
      params: { title, note: note ?? '', has_note: note ? 'yes' : 'no' },
      dedupeKey: `approval:${id}:${status}`,
    })
  }
}
