import type { MessageParams, SymbolicButton } from '#core/contracts/outbox'
import type ChainOperation from '#chain/models/chain_operation'
import type { Confirmations } from '#chain/queries/confirmations_query'
import type { OperationStatus } from '#chain/values'
import type RaffleEntry from '#raffles/models/raffle_entry'

/** Where an entry stands, as its customer is told. */
export type EntryStep = 'waiting' | 'gas' | 'approve' | 'entering' | 'confirming' | 'in' | 'failed' | 'attention'

const STEPS: Partial<Record<OperationStatus, EntryStep>> = {
  topup: 'gas',
  approve: 'approve',
  act: 'entering',
  awaiting_confirmations: 'confirming',
  confirmed: 'confirming',
  needs_attention: 'attention',
}

/** The listener alone says that an entry is in; until then the operation knows how far it is. */
export function stepOf({ status }: RaffleEntry, operation: Pick<ChainOperation, 'status'> | null): EntryStep {
  if (status === 'confirmed') return 'in'
  if (status === 'failed') return 'failed'
  if (status === 'seen') return 'confirming'
  return (operation && STEPS[operation.status]) ?? 'waiting'
}

/** The words for it: the same on the screen and in the edits that follow. */
export function entryView(entry: RaffleEntry, operation: ChainOperation | null, depth: Confirmations) {
  const step = stepOf(entry, operation)
  const params: MessageParams = { reference: entry.reference, fee: entry.money }
  if (step === 'confirming') Object.assign(params, depth)
  if (step === 'failed') params.reason = entry.reason ?? 'other'
  if (step === 'attention') params.reason = operation?.reason ?? 'other'
  return { template: `raffle_progress.${step}`, params, buttons: buttonsOf(step) }
}

function buttonsOf(step: EntryStep): SymbolicButton[][] {
  const own: SymbolicButton[] = step === 'in' ? [{ action: 'raffle_entries' }] : [{ action: 'raffle' }]
  return [own, ...(step === 'failed' ? [[{ action: 'wallet' }]] : []), [{ action: 'menu' }]]
}
