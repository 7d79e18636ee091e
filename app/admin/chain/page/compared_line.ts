import type { ReconciliationLine } from '#chain/models/chain_reconciliation'
import { shownUsdt } from '#admin/shared/amounts'
import { formatNumber } from '#admin/shared/format'

const SHOWN: Record<string, (value: string) => string> = {
  wallet_balance: shownUsdt,
  custody_total: shownUsdt,
  pool: shownUsdt,
  nonce: (value) => formatNumber(Number(value)),
}

/** A difference for people: USDT and nonces as numbers are written, states of operations as they are. */
export function comparedLine({ kind, subject, ours, chain }: ReconciliationLine): ReconciliationLine {
  const shown = SHOWN[kind] ?? String
  return { kind, subject, ours: shown(ours), chain: shown(chain) }
}
