import db from '@adonisjs/lucid/services/db'
import ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import ChainTxAttempt from '#chain/models/chain_tx_attempt'
import ChainWallet from '#chain/models/chain_wallet'
import Customer from '#customers/models/customer'
import AuditEntry from '#staff/models/audit_entry'

/** What an operation is for: where that has its page. */
interface Subject {
  reference: string
  route: string
  params: string[]
  qs?: Record<string, string>
}

/** An operation with its transactions, their attempts, and what people did about it. */
export async function operationDetail(reference: string) {
  const operation = await ChainOperation.findByOrFail('reference', reference)
  const transactions = await ChainTx.query().where('operationId', operation.id).orderBy('id')
  const attempts = await ChainTxAttempt.query()
    .whereIn(
      'txId',
      transactions.map(({ id }) => id)
    )
    .orderBy('id')
  return {
    ...{ operation, transactions, attempts },
    wallet: await ChainWallet.findOrFail(operation.walletId),
    customer: operation.customerId === null ? null : await Customer.findOrFail(operation.customerId),
    subject: await subjectOf(operation),
    decisions: await AuditEntry.query()
      .where({ subjectType: 'chain_operation', subjectId: String(operation.id) })
      .orderBy('id'),
  }
}

export type OperationDetail = Awaited<ReturnType<typeof operationDetail>>

async function subjectOf({ subjectType, subjectId }: ChainOperation): Promise<Subject | null> {
  if (subjectType === 'chain_withdrawal') {
    const row = await db.from('chain_withdrawals').where('id', subjectId).select('reference').first()
    return row && { reference: row.reference, route: 'admin.withdrawals.show', params: [row.reference] }
  }
  if (subjectType === 'raffle_entry') {
    const row = await db.from('raffle_entries').where('id', subjectId).select('reference').first()
    return (
      row && { reference: row.reference, route: 'admin.raffles.entries.index', params: [], qs: { q: row.reference } }
    )
  }
  if (subjectType === 'raffle') {
    const row = await db.from('raffles').where('id', subjectId).select('reference').first()
    return row && { reference: row.reference, route: 'admin.raffles.show', params: [row.reference] }
  }
  const row = await db
    .from('raffle_draws')
    .join('raffles', 'raffles.id', 'raffle_draws.raffle_id')
    .where('raffle_draws.id', subjectId)
    .select('raffle_draws.reference', 'raffles.reference as raffle')
    .first()
  return row && { reference: row.reference, route: 'admin.raffles.show', params: [row.raffle] }
}
