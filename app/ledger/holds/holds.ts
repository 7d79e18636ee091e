import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'
import { held, wallet, type AccountRef } from '#ledger/accounts'
import LedgerHold, { type HoldStatus } from '#ledger/models/ledger_hold'
import LedgerTransfer from '#ledger/models/ledger_transfer'
import { Poster } from '#ledger/posting/poster'
import type { Posted, Posting, Reference } from '#ledger/transfer_input'
import type { TransferKind } from '#ledger/transfer_kinds'

export interface ReserveInput {
  key: string
  customerId: number
  amount: Money
  /** What it is for: the kind of the transfer that settles it. */
  kind: TransferKind
  reference?: Reference | null
  actor: Actor
  /** From then on it is given back, unless its external effect has begun. Null: never. */
  expiresAt: number | null
}

export interface Share {
  to: AccountRef
  amount: Money
}

export interface CloseInput {
  key: string
  holdId: number
  actor: Actor
}

export interface SettleInput extends CloseInput {
  /** One account for all of it, or shares that add up to exactly the amount held. */
  to: AccountRef | Share[]
}

export interface VoidInput extends CloseInput {
  /** Why it is given back; `voided` unless told. */
  as?: 'voided' | 'failed'
}

/** Two-phase money: reserved in the customer's held account, then posted to its receiver or given back. */
@inject()
export class Holds {
  constructor(
    private clock: Clock,
    private poster: Poster
  ) {}

  async reserve(trx: Trx, input: ReserveInput): Promise<Result<LedgerHold>> {
    const { key, customerId, amount, kind, reference = null, actor, expiresAt } = input
    const from = wallet(customerId, amount.currency)
    const to = held(customerId, amount.currency)
    const content = [kind, from.code, String(amount.minor)]
    const posted = await this.poster.post(
      trx,
      { kind: 'hold', key, postings: [{ from, to, amount }], reference, actor },
      content
    )
    if (!posted.ok) return posted
    const transferId = posted.value.id
    if (posted.value.repeated) return ok(await LedgerHold.findByOrFail('transferId', transferId, { client: trx }))

    const hold = await LedgerHold.create(
      {
        ...{ customerId, currency: amount.currency, amount: amount.minor, kind, status: 'open', transferId, expiresAt },
        ...{ referenceType: reference?.type ?? null, referenceId: reference ? String(reference.id) : null },
        ...{ closingTransferId: null, effectStartedAt: null, closedAt: null, createdAt: this.clock.now() },
      },
      { client: trx }
    )
    return ok(hold)
  }

  /** @throws RangeError when the shares are not the amount held: a part is not settled. */
  settle(trx: Trx, { key, holdId, actor, to }: SettleInput): Promise<Result<Posted>> {
    return this.#close(trx, { key, holdId, actor }, (hold) => ({
      status: 'settled',
      kind: hold.kind,
      postings: settlement(hold, Array.isArray(to) ? to : [{ to, amount: hold.money }]),
    }))
  }

  void(trx: Trx, { key, holdId, actor, as = 'voided' }: VoidInput): Promise<Result<Posted>> {
    return this.#close(trx, { key, holdId, actor }, (hold) => this.#giveBack(hold, as))
  }

  /** Gives back a hold past its time; null when it is not or no longer due. */
  async expire(trx: Trx, holdId: number, actor: Actor): Promise<Posted | null> {
    const hold = await this.#lock(trx, holdId)
    if (hold?.status !== 'open' || !hold.isDue(this.clock.now())) return null
    const key = `hold:${hold.id}:expired`
    const closed = await this.#close(trx, { key, holdId, actor }, () => this.#giveBack(hold, 'expired'))
    if (!closed.ok) throw new Error(`Hold ${hold.id} could not be given back: ${closed.refusal.code}`)
    return closed.value
  }

  async startEffect(trx: Trx, holdId: number): Promise<Result<LedgerHold>> {
    const hold = await this.#lock(trx, holdId)
    if (!hold) return refuse('hold_not_found')
    if (hold.status !== 'open') return refuse('hold_closed', { status: hold.status })
    if (hold.effectStartedAt !== null) return ok(hold)
    if (hold.isDue(this.clock.now())) return refuse('hold_expired')
    return ok(await hold.merge({ effectStartedAt: this.clock.now() }).save())
  }

  #giveBack(hold: LedgerHold, status: HoldStatus): Closing {
    const from = held(hold.customerId, hold.currency)
    const to = wallet(hold.customerId, hold.currency)
    return { status, kind: 'hold_void', postings: [{ from, to, amount: hold.money }] }
  }

  async #close(
    trx: Trx,
    { key, holdId, actor }: CloseInput,
    closingOf: (hold: LedgerHold) => Closing
  ): Promise<Result<Posted>> {
    const hold = await this.#lock(trx, holdId)
    if (!hold) return refuse('hold_not_found')
    if (hold.status !== 'open' && !(await this.#wasClosedBy(trx, hold, key)))
      return refuse('hold_closed', { status: hold.status })

    const { status, kind, postings } = closingOf(hold)
    const { reference } = hold
    const posted = await this.poster.post(trx, { kind, key, postings, reference, actor })
    if (!posted.ok || hold.status !== 'open') return posted
    if (posted.value.repeated) return refuse('idempotency_conflict')
    await hold.merge({ status, closingTransferId: posted.value.id, closedAt: this.clock.now() }).save()
    return posted
  }

  async #wasClosedBy(trx: Trx, hold: LedgerHold, key: string) {
    const closing = await LedgerTransfer.findOrFail(hold.closingTransferId, { client: trx })
    return closing.idempotencyKey === key
  }

  #lock(trx: Trx, holdId: number) {
    return LedgerHold.query({ client: trx }).where('id', holdId).forUpdate().first()
  }
}

interface Closing {
  status: HoldStatus
  kind: TransferKind
  postings: Posting[]
}

function settlement(hold: LedgerHold, shares: Share[]): Posting[] {
  const total = shares.reduce((sum, { amount }) => sum.add(amount), Money.zero(hold.currency))
  if (!total.equals(hold.money)) throw new RangeError(`Hold ${hold.id} of ${hold.money} can't be settled by ${total}`)
  const from = held(hold.customerId, hold.currency)
  return shares.map(({ to, amount }) => ({ from, to, amount }))
}
