import type { MessageParams, SymbolicButton } from '#core/contracts/outbox'
import type ChainOperation from '#chain/models/chain_operation'
import type ChainWithdrawal from '#chain/models/chain_withdrawal'
import type { Confirmations } from '#chain/queries/confirmations_query'

/** Where a withdrawal stands, as its customer is told. */
export type WithdrawalStep =
  'approval' | 'waiting' | 'gas' | 'sending' | 'confirming' | 'done' | 'rejected' | 'cancelled' | 'failed' | 'attention'

export function stepOf({ status }: ChainWithdrawal, operation: Pick<ChainOperation, 'status'> | null): WithdrawalStep {
  if (status === 'awaiting_approval') return 'approval'
  if (status === 'sent') return 'confirming'
  if (status !== 'waiting' && status !== 'sending') return status
  if (operation?.status === 'needs_attention') return 'attention'
  if (operation?.status === 'topup') return 'gas'
  if (operation?.status === 'awaiting_confirmations') return 'confirming'
  return status
}

/** The words for it: the same on the screen and in the edits that follow. */
export function withdrawalView(withdrawal: ChainWithdrawal, operation: ChainOperation | null, depth: Confirmations) {
  const step = stepOf(withdrawal, operation)
  const params: MessageParams = {
    reference: withdrawal.reference,
    amount: withdrawal.money,
    address: withdrawal.toAddress,
  }
  if (step === 'confirming') Object.assign(params, depth)
  if (step === 'done') params.hash = withdrawal.txHash ?? ''
  if (step === 'attention') params.reason = operation?.reason ?? 'other'
  if (step === 'failed' || step === 'rejected') params.reason = withdrawal.reason ?? 'other'
  return { template: `withdrawal_progress.${step}`, params, buttons: buttonsOf(step, withdrawal.reference) }
}

function buttonsOf(step: WithdrawalStep, reference: string): SymbolicButton[][] {
  const cancel: SymbolicButton[][] = step === 'approval' ? [[{ action: 'cancel_withdrawal', id: reference }]] : []
  return [...cancel, [{ action: 'wallet' }], [{ action: 'menu' }]]
}
