import { formatMoney } from '#core/money/format_money'
import type ChainTx from '#chain/models/chain_tx'
import type ChainTxAttempt from '#chain/models/chain_tx_attempt'
import type AuditEntry from '#staff/models/audit_entry'
import { actionText } from '#admin/audit/audit_words'
import type { OperationDetail } from '#admin/chain/page/operation_detail'
import { shownGwei, shortened } from '#admin/shared/chain_values'
import { formatNumber } from '#admin/shared/format'
import { panelText, reasonText } from '#admin/shared/words'

/** What `@timeline` shows. */
export interface ChainMoment {
  at: number
  icon: string
  title: string
  detail?: string
  tone?: string
  link?: { route: string; params: string[] }
}

/** Everything that happened to an operation, newest first; of what happened at once, the consequence first. */
export function operationEvents({ operation, transactions, attempts, decisions }: OperationDetail): ChainMoment[] {
  const moments = [
    {
      at: operation.createdAt,
      icon: 'square-plus',
      title: words('created', { kind: panelText(`chain.operation_kinds.${operation.kind}`) }),
      detail: operation.money ? formatMoney(operation.money) : undefined,
    },
    ...transactions.flatMap((tx) => momentsOf(tx, attempts)),
    ...decisions.map(decision),
    ...finish(operation),
  ]
  return moments
    .map((moment, place) => ({ moment, place }))
    .sort(newestFirst)
    .map(({ moment }) => moment)
}

interface Placed {
  moment: ChainMoment
  place: number
}

const newestFirst = (one: Placed, other: Placed) => other.moment.at - one.moment.at || other.place - one.place

/** Of one transaction: signed, signed again at a higher price, mined, settled. */
export function momentsOf(tx: ChainTx, all: ChainTxAttempt[]): ChainMoment[] {
  const link = { route: 'admin.chain.transactions.show', params: [tx.hash] }
  const kind = panelText(`chain.tx_kinds.${tx.kind}`)
  const attempts = all.filter(({ txId }) => txId === tx.id)
  const moments: ChainMoment[] = attempts.map((attempt, place) => ({
    ...{ at: attempt.createdAt, icon: place === 0 ? 'signature' : 'arrow-big-up-lines', link },
    title: words(place === 0 ? 'signed' : 'repriced', { kind }),
    detail: words('price', { hash: shortened(attempt.hash), nonce: tx.nonce, gwei: shownGwei(attempt.maxFee) }),
  }))
  if (tx.minedAt !== null) {
    const block =
      tx.blockNumber === null ? undefined : panelText('chain.block', { number: formatNumber(tx.blockNumber) })
    moments.push({ at: tx.minedAt, icon: 'cube', tone: 'info', title: words('mined', { kind }), detail: block, link })
  }
  return [...moments, ...settled(tx, kind, link)]
}

function settled(tx: ChainTx, kind: string, link: ChainMoment['link']): ChainMoment[] {
  if (tx.settledAt === null) return []
  const isDone = tx.status === 'confirmed'
  return [
    {
      ...{ at: tx.settledAt, link, detail: tx.error ?? undefined, title: words(tx.status, { kind }) },
      ...{ icon: isDone ? 'checks' : 'circle-x', tone: isDone ? 'success' : 'danger' },
    },
  ]
}

const decision = ({ id, createdAt, action, actorName }: AuditEntry): ChainMoment => ({
  at: createdAt,
  icon: 'user-check',
  title: actionText(action),
  detail: actorName,
  link: { route: 'admin.audit.show', params: [String(id)] },
})

function finish({ status, finishedAt, reason, detail }: OperationDetail['operation']): ChainMoment[] {
  if (finishedAt === null) return []
  if (status === 'confirmed') return [{ at: finishedAt, icon: 'circle-check', tone: 'success', title: words('done') }]
  const why = [reason && reasonText(reason), detail].filter(Boolean).join(': ')
  return [{ at: finishedAt, icon: 'circle-x', tone: 'danger', title: words('failed'), detail: why }]
}

const words = (key: string, params: Record<string, string | number> = {}) =>
  panelText(`chain.operations.events.${key}`, params)
