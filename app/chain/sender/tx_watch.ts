import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { Chain } from '#chain/chain_config'
import ChainTx from '#chain/models/chain_tx'
import ChainTxAttempt from '#chain/models/chain_tx_attempt'
import type { ChainReceipt } from '#chain/rpc/chain_facts'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { ChainUnavailable, type SendRefusal } from '#chain/rpc/rpc_errors'
import { Broadcaster } from '#chain/sender/broadcaster'
import { Gaps } from '#chain/sender/gaps'
import { inParallel } from '#chain/sender/in_parallel'
import { Replacer } from '#chain/sender/replacer'
import { RevertWords } from '#chain/sender/revert_words'
import { isOwn, TxOutcomes } from '#chain/sender/tx_outcomes'
import { Clock } from '#core/clock'

const AT_ONCE = 16
/** More would not get into the next blocks anyway. */
const MOST_OPEN = 1000

/** A transaction that is in no block is handed over again so often: nodes forget. */
const AGAIN_MS = 15_000
/** In no block after so many blocks and so long, it is stuck: its offer is raised when it is under today's price. */
const STUCK = { blocks: 5, ms: 20_000 }
/** Stuck so long in spite of an offer that is enough, it is raised all the same: what keeps it out is not known. */
const STUCK_LONG = { blocks: 25, ms: 300_000 }
/** Even while no block comes everything is looked at so often: what stands in the last one may have changed. */
const LOOK_MS = 5_000
/** Handed over so often for nothing, a transaction calls a person. */
const MOST_REFUSALS = 8
/** A node may not have the receipt yet: at so many heads there must be none before a nonce counts as somebody else's. */
const LOOKS_BEFORE_TAKEN = 3

interface Followed {
  tx: ChainTx
  /** The oldest first. */
  attempts: ChainTxAttempt[]
  isGivenUp: boolean
}

interface Account {
  head: number
  /** What the chain expects next of it. */
  nonce: number
}

/**
 * Follows transactions from their signature to the block that stays: sends them, again when they are lost, dearer when
 * they are stuck, and reads from receipts which of the attempts was mined. A transaction is final by its account and
 * nonce: any attempt may be mined, whichever was sent last.
 */
@inject()
export class TxWatch {
  /** Sent by this process since it began: of what was sent before nobody knows whether it arrived. */
  readonly #sent = new Set<string>()
  /** Heads at which a transaction's nonce was used and no receipt was found, by its id. */
  readonly #missing = new Map<number, Set<number>>()
  #head = -1
  #lookAt = 0

  constructor(
    private clock: Clock,
    private logger: Logger,
    private chain: Chain,
    private rpc: ChainRpc,
    private broadcaster: Broadcaster,
    private replacer: Replacer,
    private gaps: Gaps,
    private words: RevertWords,
    private outcomes: TxOutcomes
  ) {}

  /** What another process has sent meanwhile is not known. */
  forget() {
    this.#sent.clear()
    this.#missing.clear()
    this.#head = -1
  }

  /** One round. Receipts are asked for when there is a new block. */
  async pass(signal?: AbortSignal) {
    const open = await this.#open()
    if (open.length === 0) return
    const head = await this.rpc.head()
    const isNews = head !== this.#head || this.clock.now() >= this.#lookAt
    const results: boolean[] = []
    await inParallel(byAccount(open), AT_ONCE, async (account) => {
      if (!signal?.aborted) results.push(await this.#tried(account, head, isNews))
    })
    if (!isNews) return
    this.#head = results.every(Boolean) ? head : -1
    this.#lookAt = this.clock.now() + LOOK_MS
  }

  async #open(): Promise<Followed[]> {
    const { chainId } = this.chain.required
    const txs = await ChainTx.query().where('chainId', chainId).whereNull('settledAt').orderBy('id').limit(MOST_OPEN)
    if (txs.length === 0) return []
    const attempts = await ChainTxAttempt.query()
      .whereIn(
        'txId',
        txs.map(({ id }) => id)
      )
      .orderBy('id')
    const givenUp = await db.from('chain_operations').whereNull('finished_at').where('reason', 'giving_up').select('id')
    const ids = new Set(givenUp.map(({ id }) => id))
    const attemptsOf = Map.groupBy(attempts, ({ txId }) => txId)
    return txs.map((tx) => ({
      tx,
      attempts: attemptsOf.get(tx.id)!,
      isGivenUp: isOwn(tx) && ids.has(tx.operationId),
    }))
  }

  /** One account's trouble is not that of the others. */
  async #tried(followed: Followed[], head: number, isNews: boolean): Promise<boolean> {
    try {
      await this.#follow(followed, head, isNews)
      return true
    } catch (error) {
      const account = followed[0].tx.fromKey
      if (error instanceof ChainUnavailable)
        this.logger.warn({ account, err: error }, 'Transactions could not be followed')
      else this.logger.error({ account, err: error }, 'Transactions could not be followed; trying again')
      return false
    }
  }

  async #follow(followed: Followed[], head: number, isNews: boolean) {
    const account =
      isNews || followed.some(isToBeReplaced) ? { head, nonce: await this.rpc.nonce(followed[0].tx.fromKey) } : null
    let isFirst = true
    for (const one of followed) {
      const isWaiting = account ? await this.#look(one, account) : one.tx.status !== 'mined'
      if (!isWaiting) continue
      if (account && isFirst) await this.#push(one, account)
      isFirst = false
      await this.#send(one)
    }
  }

  /** Answers whether it is in no block. */
  async #look({ tx, attempts }: Followed, { head, nonce }: Account): Promise<boolean> {
    if (nonce <= tx.nonce && tx.status !== 'mined') return true
    const receipt = await this.#receipt(tx, attempts)
    if (receipt) {
      this.#missing.delete(tx.id)
      await this.#stands(tx, attempts, receipt, head)
      return false
    }
    if (tx.status === 'mined') {
      this.logger.warn(
        { transaction: tx.id, block: tx.blockNumber },
        'A reorganisation dropped a transaction; sent again'
      )
      await this.outcomes.dropped(tx.id)
      for (const { hash } of attempts) this.#sent.delete(hash)
      tx.status = 'broadcast'
      return true
    }
    await this.#perhapsTaken(tx, head)
    return false
  }

  async #receipt(tx: ChainTx, attempts: ChainTxAttempt[]) {
    const hashes = [tx.hash, ...attempts.map(({ hash }) => hash).reverse()]
    for (const hash of new Set(hashes)) {
      const receipt = await this.rpc.receipt(hash)
      if (receipt) return receipt
    }
    return null
  }

  async #stands(tx: ChainTx, attempts: ChainTxAttempt[], receipt: ChainReceipt, head: number) {
    const isFinal = head - receipt.blockNumber + 1 >= this.chain.required.confirmations
    if (tx.status === 'mined' && tx.blockHash === receipt.blockHash && !isFinal) return
    const attempt = attempts.find(({ hash }) => hash === receipt.hash)!
    const isNoop = attempt.isNoop && tx.kind !== 'noop'
    const words = receipt.hasSucceeded ? null : (tx.error ?? (await this.words.of(tx, receipt)))
    const hasFailed = isNoop || !receipt.hasSucceeded
    await this.outcomes.mined(tx.id, { ...receipt, hasFailed, isNoop, words, isFinal })
    if (isFinal) for (const { hash } of attempts) this.#sent.delete(hash)
  }

  /** The nonce is used, and by none of ours: final once the block that used it is. */
  async #perhapsTaken(tx: ChainTx, head: number) {
    const settled = head - this.chain.required.confirmations + 1
    if (settled < 0) return
    const nonce = await this.rpc.nonce(tx.fromKey, settled)
    if (nonce <= tx.nonce) return
    const heads = (this.#missing.get(tx.id) ?? new Set()).add(head)
    this.#missing.set(tx.id, heads)
    if (heads.size < LOOKS_BEFORE_TAKEN) return
    this.#missing.delete(tx.id)
    this.logger.error({ transaction: tx.id, account: tx.fromKey, nonce: tx.nonce }, 'Somebody else has used a nonce')
    await this.outcomes.taken(tx.id, nonce)
  }

  /** The first of its account that waits: the others can't go before it. */
  async #push(followed: Followed, { head, nonce }: Account) {
    const { tx, attempts, isGivenUp } = followed
    const last = attempts.at(-1)!
    const hasWaited = ({ blocks, ms }: typeof STUCK) =>
      head - last.head >= blocks && this.clock.now() - last.createdAt >= ms
    const isStuck = hasWaited(STUCK)
    if (isStuck && nonce < tx.nonce) return this.gaps.fill(tx, nonce, head)
    if (nonce !== tx.nonce || !(isStuck || isToBeReplaced(followed))) return
    const isUrgent = isToBeReplaced(followed) || hasWaited(STUCK_LONG)
    const replaced = await this.replacer.replace(tx, last, { head, isNoop: isGivenUp || last.isNoop, isUrgent })
    if (replaced === 'too_dear') await this.outcomes.refused(tx.id, { reason: 'gas_price', detail: null })
    if (replaced !== 'signed') return
    const attempt = await ChainTxAttempt.query().where('txId', tx.id).orderBy('id', 'desc').firstOrFail()
    attempts.push(attempt)
  }

  async #send({ tx, attempts }: Followed) {
    const attempt = attempts.at(-1)!
    const isFresh = !this.#sent.has(attempt.hash)
    if (!isFresh && this.clock.now() - (attempt.broadcastAt ?? 0) < AGAIN_MS) return
    const refusal = await this.broadcaster.send(attempt)
    this.#sent.add(attempt.hash)
    await this.#heed(tx, attempt, refusal)
  }

  /** `known`, `nonce_too_low` and `underpriced` say that it, or one like it, is there: receipts will tell. */
  async #heed(tx: ChainTx, { broadcasts, error: detail }: ChainTxAttempt, refusal: SendRefusal | null) {
    if (refusal === 'insufficient_funds' && tx.kind === 'gas_topup')
      return this.outcomes.refused(tx.id, { reason: 'treasury_empty', detail: null })
    if ((refusal === 'other' || refusal === 'insufficient_funds') && broadcasts >= MOST_REFUSALS)
      await this.outcomes.refused(tx.id, { reason: 'refused_by_node', detail })
  }
}

/** By a no-op, which is not signed yet. */
const isToBeReplaced = ({ tx, attempts, isGivenUp }: Followed) =>
  isGivenUp && tx.status !== 'mined' && !attempts.at(-1)!.isNoop

/** In the order of their nonces. */
function byAccount(open: Followed[]): Followed[][] {
  const accounts = Map.groupBy(open, ({ tx }) => tx.fromKey)
  return [...accounts.values()].map((own) => own.sort((a, b) => a.tx.nonce - b.tx.nonce))
}
