import type { Trx } from '#core/database/transaction'

/** What admins are told of, beyond the panel. Each may have its own topic in the admin channel. */
export const ALERT_KINDS = [
  'component',
  'errors',
  'disk',
  'jobs',
  'telegram',
  'broadcasts',
  'payments',
  'orders',
  'security',
  'ledger',
  'chain',
] as const
export type AlertKind = (typeof ALERT_KINDS)[number]

export const ALERT_SEVERITIES = ['info', 'warning', 'critical'] as const
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number]

export interface AlertInput {
  kind: AlertKind
  severity: AlertSeverity
  /** What makes two alerts the same trouble: `component:db`. While it is open, it is told once per throttle time. */
  fingerprint: string
  /** One line: what happened. Never a secret. */
  title: string
  /** Figures and what to do next. */
  details?: Record<string, string | number>
}

export interface ResolveOptions {
  /** Only when nobody has seen the trouble for that long: other processes may still be in it. */
  quietForMs?: number
}

/**
 * Tells admins of trouble through the outbox, once per fingerprint; when the database is down, critical ones go
 * straight out. `raise` and `resolve` never throw: an alert must not break what it tells of.
 */
export abstract class Alerts {
  abstract raise(alert: AlertInput): Promise<void>
  /** In the transaction of what it tells of. */
  abstract raiseIn(trx: Trx, alert: AlertInput): Promise<void>
  /** News rather than trouble: told once, and nothing stays open. */
  announceIn(trx: Trx, alert: AlertInput): Promise<void> {
    return this.raiseIn(trx, alert)
  }
  /** The trouble is over: tells those who were told, once. True when nothing of it is open any more. */
  abstract resolve(fingerprint: string, options?: ResolveOptions): Promise<boolean>
}
