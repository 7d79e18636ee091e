import { isWaiting } from '#chain/operations/reasons'
import type ChainTx from '#chain/models/chain_tx'
import type { OperationKind, OperationStatus } from '#chain/values'
import type { OperationDetail } from '#admin/chain/page/operation_detail'
import type { Step } from '#admin/shared/steps'
import { panelText } from '#admin/shared/words'

/** What an operation goes through, by what it is for. */
const WAYS: Record<OperationKind, readonly OperationStatus[]> = {
  enter: ['new', 'topup', 'approve', 'act', 'awaiting_confirmations', 'confirmed'],
  withdraw: ['new', 'topup', 'act', 'awaiting_confirmations', 'confirmed'],
  draw: ['new', 'act', 'awaiting_confirmations', 'confirmed'],
  claim: ['new', 'act', 'awaiting_confirmations', 'confirmed'],
}

/** Where an operation stands; a step that needed no transaction says so. */
export function operationSteps({ operation, transactions }: OperationDetail): Step[] {
  const way = WAYS[operation.kind]
  const reached = way.indexOf(reachedBy(operation.status, transactions, way))
  return way.map((status, place) => {
    const text = words(status)
    if (place > reached) return { text, state: 'todo' }
    if (status === 'new')
      return { text, state: place === reached ? hereOf(operation) : 'done', at: operation.createdAt }
    const tx = transactions.findLast(({ step }) => isOf(step, status))
    if (place === reached && status !== 'confirmed') return { text, state: hereOf(operation), hint: hintOf(operation) }
    if (status === 'confirmed') return { text, state: 'done', at: operation.finishedAt }
    if (status === 'awaiting_confirmations') return { text, state: 'done' }
    return tx ? { text, state: 'done', at: tx.minedAt } : { text, state: 'done', hint: words('not_needed') }
  })
}

/** A failed one, or one that waits for a person, stands where its last transaction stood. */
function reachedBy(status: OperationStatus, transactions: ChainTx[], way: readonly OperationStatus[]): OperationStatus {
  if (way.includes(status)) return status
  const last = transactions.at(-1)
  return way.findLast((step) => last && isOf(last.step, step)) ?? 'new'
}

/** `reset` and `approve:2` belong to the allowance. */
const isOf = (step: string, status: OperationStatus) => {
  const [name] = step.split(':')
  return name === status || (name === 'reset' && status === 'approve')
}

const hereOf = ({ status }: OperationDetail['operation']) => (status === 'failed' ? 'failed' : 'current')

function hintOf({ status, reason }: OperationDetail['operation']) {
  if (status !== 'needs_attention') return undefined
  return words(isWaiting(reason) ? 'waits' : 'stuck')
}

const words = (step: string) => panelText(`chain.operations.steps.${step}`)
