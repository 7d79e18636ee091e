import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { transaction, type Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import TonTransfer from '#ton/models/ton_transfer'
import TonWallet from '#ton/models/ton_wallet'
import { signPayment, type TonPayment } from '#ton/sign_payment'
import { TonApi, TonRefusal } from '#ton/ton_api'
import { findPayment } from '#ton/find_payment'
import { rawAddress } from '#ton/wallet_facts'
import { WalletVault } from '#ton/wallet_vault'
import type { TransferStatus } from '#ton/values'

/** What can be said of a transfer now. */
export type TransferOutcome = SettledStatus | 'pending'

export type SettledStatus = Exclude<TransferStatus, 'signed'>
type Settled = (trx: Trx, status: SettledStatus) => Promise<void>

export interface PreparedTransfer {
  wallet: TonWallet
  payment: TonPayment
  seqno: number
  validUntil: number
  boc: string
  bodyHash: string
}

/** Transactions that are looked through. */
const LOOK_BACK = 30

/** How long a signed message may get into the chain. */
const LIFE_MS = 3 * 60_000

/** A node's clock and ours may differ, and a block takes some seconds to be seen. */
const MARGIN_MS = 2 * 60_000

/** Between two sendings of the same message. */
const AGAIN_MS = 15_000

/** How long a message whose seqno is used up may stay unseen before nobody can tell what became of it. */
const UNSEEN_MS = 5 * 60_000

/**
 * Pays from a wallet of the house, one message after the other: a message is signed and kept before it is sent, the
 * very same is sent again until it stands in the chain, and a new one is signed only when the old one can't get there
 * any more. The caller lets one process at a time do that for a wallet.
 */
@inject()
export class TonPayments {
  constructor(
    private clock: Clock,
    private api: TonApi,
    private vault: WalletVault
  ) {}

  /** Signs what would be paid next; nothing is kept or sent yet. Null while a message of the wallet is in flight. */
  async prepare(wallet: TonWallet, payment: TonPayment): Promise<PreparedTransfer | null> {
    if (await this.inFlight(wallet)) return null
    const destination = await rawAddress(payment.destination)
    if (!destination) throw new RangeError('A payment of TON needs an address')
    const seqno = await this.api.seqno(wallet.address)
    const validUntil = Math.floor((this.clock.now() + LIFE_MS) / 1000) * 1000
    const signed = await this.vault.withKeys(wallet, (keys) => signPayment(keys, payment, { seqno, validUntil }))
    return { wallet, payment: { ...payment, destination }, seqno, validUntil, ...signed }
  }

  /**
   * Keeps a signed message, in the transaction of what it pays: from here on it may be sent. Null when another message
   * came between, or the chain's seqno was read before the last payment was seen there.
   */
  async keep(trx: Trx, purpose: string, attempt: number, prepared: PreparedTransfer): Promise<TonTransfer | null> {
    const { wallet, payment, seqno, validUntil, boc, bodyHash } = prepared
    await TonWallet.query({ client: trx }).where('id', wallet.id).forUpdate().firstOrFail()
    if (await this.inFlight(wallet, trx)) return null
    const last = await trx
      .from('ton_transfers')
      .where('wallet_id', wallet.id)
      .whereIn('status', ['confirmed', 'rejected', 'unknown'])
      .max('seqno as seqno')
      .first()
    if (last?.seqno !== null && last?.seqno !== undefined && Number(last.seqno) >= seqno) return null

    return TonTransfer.create(
      {
        walletId: wallet.id,
        purpose,
        attempt,
        destination: payment.destination,
        amount: payment.amount,
        payload: payment.payload,
        seqno,
        validUntil,
        boc,
        messageHash: bodyHash,
        status: 'signed',
        broadcasts: 0,
        createdAt: this.clock.now(),
      },
      { client: trx }
    )
  }

  /** Sends a kept message if it is time to, and looks for it in the chain. Throws TonUnavailable when it can't. */
  async pursue(transferId: number): Promise<TransferOutcome> {
    const transfer = await TonTransfer.findOrFail(transferId)
    if (transfer.status !== 'signed') return transfer.status
    if (transfer.broadcasts === 0) await this.#send(transfer)
    return this.#look(transfer, { sendAgain: true })
  }

  /**
   * What became of a kept message whose sender has given it up: looks for it and sends nothing. Until that is known
   * the wallet signs nothing else. `settled` runs in the transaction that writes it down.
   */
  async watch(transferId: number, settled: Settled): Promise<TransferOutcome> {
    const transfer = await TonTransfer.findOrFail(transferId)
    return transfer.status === 'signed' ? this.#look(transfer, { sendAgain: false, settled }) : transfer.status
  }

  async #look(transfer: TonTransfer, { sendAgain, settled }: { sendAgain: boolean; settled?: Settled }) {
    const wallet = await TonWallet.findOrFail(transfer.walletId)
    const found = findPayment(await this.api.transactions(wallet.address, LOOK_BACK), transfer)
    if (found) return this.#settle(transfer, found.isPaid ? 'confirmed' : 'rejected', settled, found.transaction.hash)
    const { syncedAt } = await this.api.account(wallet.address)
    const seqno = await this.api.seqno(wallet.address)
    if (seqno > transfer.seqno) return this.#unseen(transfer, settled)
    if (this.#isPast(transfer, syncedAt)) return this.#settle(transfer, 'expired', settled)
    if (sendAgain && this.clock.now() - (transfer.broadcastAt ?? 0) >= AGAIN_MS) await this.#send(transfer)
    return 'pending' as const
  }

  /** Whether money has come back from where a confirmed transfer went, since then. Another transfer's may be meant. */
  async cameBack(transferId: number): Promise<boolean> {
    const { walletId, messageHash, destination } = await TonTransfer.findOrFail(transferId)
    const wallet = await TonWallet.findOrFail(walletId)
    const latest = await this.api.transactions(wallet.address, LOOK_BACK)
    const ours = latest.findIndex(({ bodyHash }) => bodyHash === messageHash)
    return latest.slice(0, Math.max(ours, 0)).some(({ bouncedFrom }) => bouncedFrom === destination)
  }

  inFlight(wallet: TonWallet, trx?: Trx): Promise<TonTransfer | null> {
    return TonTransfer.query({ client: trx }).where('walletId', wallet.id).whereNull('settledAt').first()
  }

  /** What was paid, or may still be, since that moment. */
  async spentSince(wallet: TonWallet, since: number): Promise<Money> {
    const transfers = await TonTransfer.query()
      .where('walletId', wallet.id)
      .where('createdAt', '>=', since)
      .whereIn('status', ['signed', 'confirmed', 'unknown'])
    return transfers.reduce((sum, { money }) => sum.add(money), Money.zero('TON'))
  }

  /** Journalled before the request: a message that was never sent can't be in the chain. */
  async #send(transfer: TonTransfer) {
    await transfer.merge({ broadcasts: transfer.broadcasts + 1, broadcastAt: this.clock.now(), error: null }).save()
    try {
      await this.api.send(transfer.boc)
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      await transfer.merge({ error: words.slice(0, 300) }).save()
      if (!(error instanceof TonRefusal)) throw error
    }
  }

  /** The chain has used the seqno: a message of ours is in it, and the node will show it soon. */
  #unseen(transfer: TonTransfer, settled?: Settled) {
    const isOld = this.clock.now() - transfer.createdAt > LIFE_MS + UNSEEN_MS
    return isOld ? this.#settle(transfer, 'unknown', settled) : ('pending' as const)
  }

  #isPast({ validUntil }: TonTransfer, syncedAt: number | null) {
    const isPastHere = this.clock.now() > validUntil + MARGIN_MS
    return isPastHere && (syncedAt === null || syncedAt > validUntil)
  }

  async #settle<S extends SettledStatus>(
    transfer: TonTransfer,
    status: S,
    settled?: Settled,
    hash?: string
  ): Promise<S> {
    await transaction(async (trx) => {
      const changed = await trx
        .from('ton_transfers')
        .where('id', transfer.id)
        .whereNull('settled_at')
        .update({ status, settled_at: this.clock.now(), transaction_hash: hash ?? null })
      if (Number(changed) === 1) await settled?.(trx, status)
    })
    return status
  }
}
