import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse, type Result } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import type { ApprovalHandler } from '#core/contracts/approvals'
import { transaction, type Trx } from '#core/database/transaction'
import type { Permission } from '#staff/roles'
import Admin from '#staff/models/admin'
import Approval from '#staff/models/approval'
import { ApprovalDesk } from '#staff/approvals/approval_desk'
import { ApprovalNews } from '#staff/approvals/approval_news'

/** Rolls back what a handler wrote before it refused. */
class Refusal extends Error {
  constructor(readonly result: Result<never>) {
    super('The approved action was refused')
  }
}

/**
 * An admin, a second one when an admin asked, consents and the action is executed, both in one transaction; the requester is told. Refuses with `approval_not_found`,
 * `approval_decided`, `approval_expired`, `approval_own`, `approval_needs_telegram`, `approval_not_allowed`,
 * `approval_requester_not_allowed`, `approval_unknown_action`, or with what the action itself refuses; then nothing has changed.
 */
@inject()
export class ApproveRequest {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private desk: ApprovalDesk,
    private news: ApprovalNews
  ) {}

  async handle(input: { approvalId: number; approverId: number; actor: Actor }): Promise<Result<Approval>> {
    try {
      const ready = await this.#check(input.approvalId)
      const title = await this.news.titleOf(input.approvalId)
      return await transaction((trx) => this.#approve(trx, { ...input, title }, ready))
    } catch (error) {
      if (error instanceof Refusal) return error.result
      throw error
    }
  }

  /** What the action checks outside of a transaction; told only to those who may decide. */
  async #check(approvalId: number): Promise<Result<unknown>> {
    const approval = await Approval.find(approvalId)
    if (approval?.status !== 'pending') return ok()
    return (await this.desk.handlerOf(approval.action)?.check?.(approval)) ?? ok()
  }

  async #approve(
    trx: Trx,
    { approvalId, approverId, actor, title }: { approvalId: number; approverId: number; actor: Actor; title: string },
    ready: Result<unknown>
  ): Promise<Result<Approval>> {
    const approval = await Approval.query({ client: trx }).where('id', approvalId).forUpdate().first()
    if (!approval) return refuse('approval_not_found')
    if (approval.isExpired(this.clock.now())) return refuse('approval_expired')
    if (approval.status !== 'pending') return refuse('approval_decided')
    if (approval.requestedBy === approverId) return refuse('approval_own')

    const handler = this.desk.handlerOf(approval.action)
    if (!handler) return refuse('approval_unknown_action')
    if (!(await this.#may(trx, approverId, handler))) return refuse('approval_not_allowed')
    const impartial = await this.#impartial(trx, approval, approverId, handler)
    if (!impartial.ok) return impartial
    if (!(await this.#mayHaveAsked(trx, approval, handler))) return refuse('approval_requester_not_allowed')
    if (!ready.ok) return ready

    await approval.merge({ status: 'approved', decidedBy: approverId, decidedAt: this.clock.now() }).save()
    const result = await handler.execute(trx, approval, actor)
    if (!result.ok) throw new Refusal(result)
    await this.news.tell(trx, approval, title)

    await this.audit.record(trx, {
      actor,
      action: 'approval.approved',
      subjectType: approval.subjectType,
      subjectId: approval.subjectId,
      after: { approval: approval.id, action: approval.action, requestedBy: approval.requestedBy },
    })
    return ok(approval)
  }

  /** An admin may have lost the right since; a customer needs none to wish for something. */
  async #mayHaveAsked(trx: Trx, { requestedBy }: Approval, handler: ApprovalHandler) {
    return requestedBy === null || this.#may(trx, requestedBy, handler)
  }

  /** An admin may be a customer too: who of them, the Telegram account tells that is linked. Without one nobody knows. */
  async #impartial(trx: Trx, approval: Approval, approverId: number, handler: ApprovalHandler): Promise<Result<void>> {
    const wisher = await handler.wisherOf?.(trx, approval)
    if (!wisher) return ok()
    const { telegramId } = await Admin.findOrFail(approverId, { client: trx })
    if (telegramId === null) return refuse('approval_needs_telegram')
    return telegramId === wisher ? refuse('approval_own') : ok()
  }

  async #may(trx: Trx, adminId: number, handler: ApprovalHandler) {
    const admin = await Admin.find(adminId, { client: trx })
    return admin !== null && admin.may(handler.permission as Permission)
  }
}
