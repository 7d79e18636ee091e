import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, SYSTEM_ACTOR } from '#core/contracts/audit'
import type { Tick } from '#core/contracts/ticks'
import { transaction } from '#core/database/transaction'
import Approval from '#staff/models/approval'
import { ApprovalDesk } from '#staff/approvals/approval_desk'
import { ApprovalNews } from '#staff/approvals/approval_news'

/** Closes the requests that nobody decided in time, so that what waited for them waits no longer, and tells who asked. */
@inject()
export class ExpireApprovals implements Tick {
  readonly name = 'staff.expire_approvals'
  readonly everyMs = 30_000

  constructor(
    private clock: Clock,
    private audit: Audit,
    private desk: ApprovalDesk,
    private news: ApprovalNews
  ) {}

  async run(signal: AbortSignal) {
    const overdue = await Approval.query()
      .where('status', 'pending')
      .where('expires_at', '<=', this.clock.now())
      .orderBy('id')
      .select('id')
    for (const { id } of overdue) {
      if (signal.aborted) return
      await this.#expire(id)
    }
  }

  async #expire(id: number) {
    const title = await this.news.titleOf(id)
    return transaction(async (trx) => {
      const approval = await Approval.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
      if (approval.status !== 'pending') return
      await approval.merge({ status: 'expired', decidedAt: this.clock.now() }).save()
      await this.desk.handlerOf(approval.action)?.expired?.(trx, approval)
      await this.news.tell(trx, approval, title)
      await this.audit.record(trx, {
        actor: SYSTEM_ACTOR,
        action: 'approval.expired',
        subjectType: approval.subjectType,
        subjectId: approval.subjectId,
        after: { approval: approval.id, action: approval.action },
      })
    })
  }
}
