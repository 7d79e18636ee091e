export const WALLET_OWNERS = ['customer', 'treasury'] as const
export type WalletOwner = (typeof WALLET_OWNERS)[number]

/** What can be wanted of the chain. */
export const OPERATION_KINDS = ['enter', 'withdraw', 'draw', 'claim'] as const
export type OperationKind = (typeof OPERATION_KINDS)[number]

/**
 * `new`: nothing is signed yet; `topup`, `approve`, `act`: that transaction is on its way; `awaiting_confirmations`: what
 * was wanted is in a block; `confirmed`: deep enough under others; `needs_attention`: a person must look.
 */
export const OPERATION_STATUSES = [
  'new',
  'topup',
  'approve',
  'act',
  'awaiting_confirmations',
  'confirmed',
  'failed',
  'needs_attention',
] as const
export type OperationStatus = (typeof OPERATION_STATUSES)[number]

/** Nothing of it will change any more. `needs_attention` is not among them: its wallet does nothing else meanwhile. */
export const FINISHED_OPERATIONS: readonly OperationStatus[] = ['confirmed', 'failed']

export const TX_KINDS = ['gas_topup', 'approve', 'enter', 'draw', 'claim', 'withdraw', 'noop'] as const
export type TxKind = (typeof TX_KINDS)[number]

/**
 * `signed`: kept, not sent yet; `broadcast`: sent, perhaps lost; `mined`: in a block; `confirmed`, `reverted`: in one
 * that stays; `replaced`: another use of its nonce stands there.
 */
export const TX_STATUSES = ['signed', 'broadcast', 'mined', 'confirmed', 'reverted', 'replaced'] as const
export type TxStatus = (typeof TX_STATUSES)[number]

export const EVENT_NAMES = ['Transfer', 'RaffleEnter', 'RequestedRaffleWinner', 'WinnerPicked'] as const
export type EventName = (typeof EVENT_NAMES)[number]

/** `seen`: in a block that may still be replaced; `confirmed`: its effect has happened; `orphaned`: its block is gone. */
export const EVENT_STATUSES = ['seen', 'confirmed', 'orphaned'] as const
export type EventStatus = (typeof EVENT_STATUSES)[number]

export const WITHDRAWAL_STATUSES = [
  'awaiting_approval',
  'waiting',
  'sending',
  'sent',
  'done',
  'rejected',
  'cancelled',
  'failed',
] as const
export type WithdrawalStatus = (typeof WITHDRAWAL_STATUSES)[number]
