import type { Trx } from '#core/database/transaction'

export type ActorType = 'admin' | 'customer' | 'system' | 'operator' | 'program'

/** Who does something: an admin in the panel or through the bot, a command's operator, a program with an API key, or the system itself. */
export interface Actor {
  type: ActorType
  id: number | null
  name: string
  ip?: string | null
  requestId?: string | null
}

export const SYSTEM_ACTOR: Actor = { type: 'system', id: null, name: 'system' }

export interface AuditEntryInput {
  actor: Actor
  /** Past tense, domain first: `broadcast.scheduled`. */
  action: string
  subjectType: string
  subjectId: string | number
  before?: Record<string, unknown> | null
  after?: Record<string, unknown> | null
}

/** Append-only record of every change by an admin, written in the transaction of the change. Never holds secrets. */
export abstract class Audit {
  abstract record(trx: Trx, entry: AuditEntryInput): Promise<void>
}
