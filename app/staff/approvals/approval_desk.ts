import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Trx } from '#core/database/transaction'
import { Audit, SYSTEM_ACTOR } from '#core/contracts/audit'
import { Approvals, type ApprovalHandler, type ApprovalRequest } from '#core/contracts/approvals'
import type { Permission } from '#staff/roles'
import Admin from '#staff/models/admin'
import Approval from '#staff/models/approval'

@inject()
export class ApprovalDesk extends Approvals {
  readonly #handlers = new Map<string, ApprovalHandler>()

  constructor(
    private clock: Clock,
    private audit: Audit
  ) {
    super()
  }

  register(handler: ApprovalHandler) {
    this.#handlers.set(handler.action, handler)
  }

  handlerOf(action: string) {
    return this.#handlers.get(action)
  }

  /** The right that requester and approver of this action need; undefined for an action of nobody. */
  permissionOf(action: string) {
    return this.#handlers.get(action)?.permission as Permission | undefined
  }

  async request(trx: Trx, { action, subjectType, subjectId, payload, requestedBy, expiresAt }: ApprovalRequest) {
    if (!this.#handlers.has(action)) throw new Error(`Nobody registered a handler for approvals of "${action}"`)
    const requester = requestedBy === null ? null : await Admin.findOrFail(requestedBy, { client: trx })
    const subject = { action, subject_type: subjectType, subject_id: String(subjectId) }
    await this.#withdraw(trx, subject)

    const approval = await Approval.create(
      {
        action,
        subjectType,
        subjectId: String(subjectId),
        payload,
        status: 'pending',
        requestedBy,
        createdAt: this.clock.now(),
        expiresAt,
      },
      { client: trx }
    )
    await this.audit.record(trx, {
      actor: requester ? { type: 'admin', id: requester.id, name: requester.fullName } : SYSTEM_ACTOR,
      action: 'approval.requested',
      subjectType,
      subjectId,
      after: { approval: approval.id, action },
    })
    return approval.id
  }

  async withdraw(trx: Trx, subjectType: string, subjectId: string | number) {
    await this.#withdraw(trx, { subject_type: subjectType, subject_id: String(subjectId) })
  }

  async #withdraw(trx: Trx, subject: Record<string, string>) {
    await Approval.query({ client: trx })
      .where({ ...subject, status: 'pending' })
      .update({ status: 'withdrawn', decided_at: this.clock.now() })
  }
}
