import type { Currency } from '#core/money/currency'
import { Money } from '#core/money/money'
import type { AccountKind } from '#ledger/accounts'
import type { HoldStatus } from '#ledger/models/ledger_hold'
import type { Reference } from '#ledger/transfer_input'
import type { TransferKind } from '#ledger/transfer_kinds'

/** How a movement stands, as customers understand it. */
export const HISTORY_STATUSES = ['pending', 'completed', 'failed', 'cancelled', 'refunded'] as const
export type HistoryStatus = (typeof HISTORY_STATUSES)[number]

/** One line of a customer's history: what one transfer did to one of their accounts. */
export interface HistoryItem {
  /** Of the entry. */
  id: number
  transferId: number
  at: number
  /** What it was for; of a hold, what is held for. */
  kind: TransferKind
  status: HistoryStatus
  account: AccountKind
  /** Below zero when it left the customer. */
  amount: Money
  balanceAfter: Money
  reference: Reference | null
}

export interface HistoryRow {
  id: number
  transfer_id: number
  account_kind: AccountKind
  currency: Currency
  amount: number
  balance: number
  created_at: number
  kind: TransferKind
  reference_type: string | null
  reference_id: string | null
  hold_kind: TransferKind | null
  hold_status: HoldStatus | null
  closing_transfer_id: number | null
}

export const HISTORY_COLUMNS = `e.id, e.transfer_id, e.account_kind, e.currency, e.amount, e.balance, e.created_at,
  t.kind, t.reference_type, t.reference_id, h.kind AS hold_kind, h.status AS hold_status, h.closing_transfer_id`

export const HISTORY_JOINS = `JOIN ledger_transfers t ON t.id = e.transfer_id
  LEFT JOIN ledger_holds h ON h.transfer_id = t.id`

const STATUS_OF_HOLD: Record<HoldStatus, HistoryStatus> = {
  open: 'pending',
  settled: 'completed',
  voided: 'cancelled',
  expired: 'cancelled',
  failed: 'failed',
}

/** `corrections`: the kind of the transfer that corrects one, by the id of the corrected. */
export function historyItem(row: HistoryRow, corrections: ReadonlyMap<number, TransferKind>): HistoryItem {
  const { currency, reference_type: type, reference_id: id } = row
  return {
    id: row.id,
    transferId: row.transfer_id,
    at: row.created_at,
    kind: row.hold_kind ?? row.kind,
    status: statusOf(row, corrections),
    account: row.account_kind,
    amount: Money.of(BigInt(row.amount), currency),
    balanceAfter: Money.of(BigInt(row.balance), currency),
    reference: type === null ? null : { type, id: id! },
  }
}

function statusOf(row: HistoryRow, corrections: ReadonlyMap<number, TransferKind>): HistoryStatus {
  const correction = corrections.get(row.transfer_id) ?? corrections.get(row.closing_transfer_id ?? 0)
  if (correction) return correction === 'refund' ? 'refunded' : 'cancelled'
  return row.hold_status ? STATUS_OF_HOLD[row.hold_status] : 'completed'
}
