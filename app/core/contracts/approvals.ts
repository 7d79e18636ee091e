import type { Result } from '#core/result'
import type { Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'

/** Four-eyes: a request that a second admin approves before it is executed, or an admin when it is a customer's wish. */
export interface ApprovalRequest {
  /** `broadcast.schedule`; decides who may approve and what is executed. */
  action: string
  subjectType: string
  subjectId: string | number
  payload: Record<string, unknown>
  /** The admin who asks; null for a customer's wish. */
  requestedBy: number | null
  expiresAt: number
}

/** A request as its handler gets it back. */
export interface PendingApproval extends ApprovalRequest {
  id: number
}

/** What the second admin sees before they decide. */
export interface ApprovalDescription {
  title: string
  /** Label and value of what matters: audience, amount, moment. */
  facts: Array<{ label: string; value: string }>
  link?: { route: string; params: unknown[] }
}

/** Belongs to the domain that owns the action. */
export interface ApprovalHandler {
  action: string
  /** Right that requester and approver both need when it is executed, such as `broadcasts.send`. */
  permission: string
  describe(approval: PendingApproval): Promise<ApprovalDescription>
  /**
   * Does what was requested, in the transaction of the decision, after checking every rule again. A refusal
   * undoes all of it and leaves the request pending.
   */
  execute(trx: Trx, approval: PendingApproval, approver: Actor): Promise<Result<unknown>>
  /** Telegram id of whose wish it is: no admin consents to their own, nor one of whom no Telegram account is known. */
  wisherOf?(trx: Trx, approval: PendingApproval): Promise<number | null>
  /** Rules that look at too much for a transaction; asked before it. `execute` sees that nothing changed since. */
  check?(approval: PendingApproval): Promise<Result<unknown>>
  /** Undoes the waiting, in the transaction in which somebody said no or the requester took it back. */
  rejected?(trx: Trx, approval: PendingApproval, actor: Actor): Promise<void>
  /** Undoes the waiting, in the transaction that finds the request past its time. */
  expired?(trx: Trx, approval: PendingApproval): Promise<void>
}

export abstract class Approvals {
  abstract register(handler: ApprovalHandler): void
  /** Files a request and returns its id; an earlier one for the same action and subject is withdrawn. */
  abstract request(trx: Trx, request: ApprovalRequest): Promise<number>
  /** Takes back what is still pending for a subject that changed or went away. */
  abstract withdraw(trx: Trx, subjectType: string, subjectId: string | number): Promise<void>
}
