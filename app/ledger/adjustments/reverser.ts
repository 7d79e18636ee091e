import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import { formatMoney } from '#core/money/format_money'
import type { Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'
import { refOf } from '#ledger/accounts'
import { reversalPostings, type Side } from '#ledger/adjustments/reversal_postings'
import { MoneyNotices } from '#ledger/adjustments/money_notices'
import { Ledger } from '#ledger/ledger'
import LedgerAccount from '#ledger/models/ledger_account'
import LedgerEntry from '#ledger/models/ledger_entry'
import LedgerTransfer from '#ledger/models/ledger_transfer'
import type { Posted } from '#ledger/transfer_input'
import type { TransferKind } from '#ledger/transfer_kinds'

/**
 * Holds are closed by whom they are for, a reversal is put right by doing the thing again, and money of bets goes
 * together with the bets: a market is cancelled, or its settlement reversed.
 */
const NEVER: readonly TransferKind[] = [
  ...(['hold', 'hold_void', 'reversal'] as const),
  ...(['bet', 'bet_payout', 'bet_refund', 'market_fee'] as const),
]

/** Undoes a transfer by its opposite, now or once a second admin has agreed. */
@inject()
export class Reverser {
  constructor(
    private ledger: Ledger,
    private audit: Audit,
    private notices: MoneyNotices
  ) {}

  /** What the transfer did. Refuses `transfer_not_found`, `transfer_not_reversible`, `already_reversed`, or
   * `already_corrected` when part of it went back, as by a refund. The row is locked: refunds lock it too. */
  async sides(trx: Trx, transferId: number): Promise<Result<Side[]>> {
    const transfer = await LedgerTransfer.query({ client: trx }).where('id', transferId).forUpdate().first()
    if (!transfer) return refuse('transfer_not_found')
    const entries = await LedgerEntry.query({ client: trx }).where('transfer_id', transferId).orderBy('id')
    if (NEVER.includes(transfer.kind) || entries.some(({ accountKind }) => accountKind === 'held')) {
      return refuse('transfer_not_reversible')
    }
    const corrections = await trx.from('ledger_transfers').where('corrects_id', transferId).select('kind')
    if (corrections.some(({ kind }) => kind === 'reversal')) return refuse('already_reversed')
    if (corrections.length > 0) return refuse('already_corrected')
    const ids = entries.map(({ accountId }) => accountId)
    const accounts = await LedgerAccount.query({ client: trx }).whereIn('id', ids)
    return ok(
      entries.map((entry) => ({
        account: refOf(accounts.find(({ id }) => id === entry.accountId)!),
        amount: entry.money,
      }))
    )
  }

  /** Refuses as `sides` does, or as a transfer: a customer who has spent the money has none to give back. */
  async post(
    trx: Trx,
    transferId: number,
    reason: string,
    actor: Actor,
    requestedBy?: number
  ): Promise<Result<Posted>> {
    const sides = await this.sides(trx, transferId)
    if (!sides.ok) return sides
    const posted = await this.ledger.transfer(trx, {
      kind: 'reversal',
      key: `transfer:${transferId}:reversal`,
      postings: reversalPostings(sides.value),
      reference: { type: 'transfer', id: transferId },
      actor,
      corrects: transferId,
      note: reason,
    })
    if (!posted.ok) return posted

    await this.audit.record(trx, {
      actor,
      action: 'ledger.reversed',
      subjectType: 'transfer',
      subjectId: transferId,
      after: { reversal: posted.value.id, amount: formatMoney(largest(sides.value)), reason, requestedBy },
    })
    for (const { account, amount } of sides.value) {
      if (account.customerId !== null) await this.notices.balanceChanged(trx, account, amount.negate())
    }
    return posted
  }
}

/** The most that a transfer moved into one account. */
export const largest = (sides: readonly Side[]): Money =>
  sides.map(({ amount }) => amount).reduce((most, amount) => (amount.minor > most.minor ? amount : most))
