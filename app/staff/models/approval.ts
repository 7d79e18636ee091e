import { ApprovalSchema } from '#database/schema'

export const APPROVAL_STATUSES = ['pending', 'approved', 'rejected', 'withdrawn', 'expired'] as const
export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number]

/** A request for a second admin's consent. Past `expiresAt` it can't be approved; a tick marks it as expired. */
export default class Approval extends ApprovalSchema {
  static table = 'approvals'

  declare status: ApprovalStatus
  declare payload: Record<string, unknown>

  isExpired(now: number) {
    return this.status === 'expired' || (this.status === 'pending' && this.expiresAt <= now)
  }
}
