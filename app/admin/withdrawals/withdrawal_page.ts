import ChainOperation from '#chain/models/chain_operation'
import ChainWallet from '#chain/models/chain_wallet'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import Customer from '#customers/models/customer'
import Approval from '#staff/models/approval'
import { transfersOf } from '#admin/shared/transfers'
import type { Step } from '#admin/shared/steps'
import { panelText } from '#admin/shared/words'
import db from '@adonisjs/lucid/services/db'

/** A withdrawal with what decided on it, what sent it and what it moved in the ledger. */
export async function withdrawalDetail(reference: string) {
  const withdrawal = await ChainWithdrawal.findByOrFail('reference', reference)
  const { approvalId, operationId } = withdrawal
  return {
    withdrawal,
    wallet: await ChainWallet.findOrFail(withdrawal.walletId),
    customer: await Customer.findOrFail(withdrawal.customerId),
    approval: approvalId === null ? null : await Approval.find(approvalId),
    operation: operationId === null ? null : await ChainOperation.find(operationId),
    transfers: await transfersOf({ type: 'chain_event', ids: await eventsOf(withdrawal) }),
  }
}

export type WithdrawalDetail = Awaited<ReturnType<typeof withdrawalDetail>>

/** Confirmed ones of its transaction: the ledger follows those. */
async function eventsOf({ txHash }: ChainWithdrawal): Promise<number[]> {
  if (txHash === null) return []
  const rows = await db.from('chain_events').where({ tx_hash: txHash, status: 'confirmed' }).select('id')
  return rows.map(({ id }) => id)
}

/** Where a withdrawal stands: asked, approved when it needs that, sent, confirmed. */
export function withdrawalSteps({ withdrawal, approval }: WithdrawalDetail): Step[] {
  const { status, createdAt, finishedAt } = withdrawal
  const asked: Step = { text: words('asked'), state: 'done', at: createdAt }
  const decided = approval && approvalStep(withdrawal, approval)
  const before = decided ? [asked, decided] : [asked]
  if (status === 'rejected') return before
  if (status === 'cancelled') return [asked, { text: words('cancelled'), state: 'failed', at: finishedAt }]
  if (status === 'failed') return [...before, { text: words('failed'), state: 'failed', at: finishedAt }]
  const isSent = status === 'sent' || status === 'done'
  return [
    ...before,
    { text: words('sending'), state: isSent ? 'done' : status === 'awaiting_approval' ? 'todo' : 'current' },
    { text: words('sent'), state: status === 'sent' ? 'current' : status === 'done' ? 'done' : 'todo' },
    { text: words('done'), state: status === 'done' ? 'done' : 'todo', at: finishedAt },
  ]
}

function approvalStep({ status, finishedAt }: ChainWithdrawal, { decidedAt }: Approval): Step {
  if (status === 'awaiting_approval') return { text: words('approval'), state: 'current' }
  if (status === 'rejected') return { text: words('rejected'), state: 'failed', at: finishedAt }
  return { text: words('approved'), state: 'done', at: decidedAt }
}

const words = (key: string) => panelText(`withdrawals.steps.${key}`)
