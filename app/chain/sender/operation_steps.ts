import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { Usdt } from '#chain/contracts/usdt'
import { KeyVault } from '#chain/keys/key_vault'
import ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import ChainWallet from '#chain/models/chain_wallet'
import { OperationHandlers, type Call } from '#chain/operations/operation_handlers'
import { Operations, type Move } from '#chain/operations/operations'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { CallReverted, ChainUnavailable } from '#chain/rpc/rpc_errors'
import type { GasPrice } from '#chain/sender/gas_price'
import { nextStep, stepsLeft, type Facts, type Step } from '#chain/sender/plan'
import { RevertWords } from '#chain/sender/revert_words'
import { TakenActs } from '#chain/sender/taken_acts'
import { TreasuryGas, withReserve, type Objection } from '#chain/sender/treasury_gas'
import { TxBook } from '#chain/sender/tx_book'
import { isAct, LOOK_AGAIN_MS } from '#chain/sender/tx_outcomes'
import { maxFee } from '#chain/settings'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'

/** What can't be estimated before the approval is mined; a second top-up follows when it was too little. */
const CALL_GAS = 250_000n

/** Between two looks at whether the treasury can pay. */
const WAIT_MS = 5_000
const SOON_MS = 500
const RETRY = { firstMs: 1_000, mostMs: 60_000 }
/** A call that would fail on one node may be fine on one that has come further: so many blocks must agree. */
const MOST_REVERTS = 3
const MOST_FAILURES = 8

/** A wallet's gas and allowances as they are, and the call that they are for. */
interface Situation {
  operation: ChainOperation
  wallet: ChainWallet
  call: Call
  head: number
  facts: Facts
}

/** Takes one operation as far as it goes now: what was done is in its transactions, what is left is read from the chain. */
@inject()
export class OperationSteps {
  /** Heads at which an operation's call would have failed, by its reference. */
  readonly #reverts = new Map<string, Set<number>>()

  constructor(
    private logger: Logger,
    private settings: Settings,
    private rpc: ChainRpc,
    private usdt: Usdt,
    private vault: KeyVault,
    private handlers: OperationHandlers,
    private operations: Operations,
    private treasury: TreasuryGas,
    private words: RevertWords,
    private book: TxBook,
    private taken: TakenActs
  ) {}

  /** Safe to call at any time. Never throws but for the database. */
  async step(operation: ChainOperation) {
    try {
      await this.#step(operation)
    } catch (error) {
      await this.#failed(operation, error)
    }
  }

  async #step(operation: ChainOperation) {
    const txs = await ChainTx.query().where('operationId', operation.id).orderBy('id')
    if (txs.some(isUnderway)) return this.#later(operation, LOOK_AGAIN_MS)
    const act = txs.findLast((tx) => isAct(tx) && ['mined', 'confirmed'].includes(tx.status))
    if (act) return this.#lookForEvent(operation, act)
    if (operation.reason === 'giving_up')
      return this.#move(operation, { to: 'failed', reason: 'given_up', detail: operation.detail })
    const others = await this.#others(operation)
    if (others.some(isInNoBlock)) return this.#later(operation, SOON_MS)
    if (await this.taken.holds(operation, txs)) return
    const head = await this.rpc.head()
    if (head < lastBlockOf([...txs, ...others])) return this.#later(operation, SOON_MS)
    await this.#next(operation, head).catch((error) => {
      if (error instanceof CallReverted) this.#reverted(operation, head)
      throw error
    })
  }

  /** `head` knows all that the operation has done so far: what is read is read there. */
  async #next(operation: ChainOperation, head: number) {
    const handler = this.handlers.of(operation.kind)
    const hold = await handler.hold?.()
    if (hold) return this.#wait(operation, hold)
    const checked = await handler.check(operation, head)
    if (!checked.ok) return this.#move(operation, { to: 'failed', reason: checked.refusal.code })
    const situation = await this.#situation(operation, await handler.call(operation), head)
    this.#reverts.delete(operation.reference)
    await this.#goOn(situation)
  }

  async #goOn(situation: Situation) {
    const { operation, wallet, facts } = situation
    const plan = nextStep(facts)
    if (plan.do === 'wait') return this.#wait(operation, plan.reason)
    if (plan.do === 'send') return this.#send(situation, plan.step, plan.price)
    if (wallet.owner === 'treasury') return this.#wait(operation, 'treasury_empty')
    const objection = await this.treasury.topUp(operation, wallet, plan.value)
    if (typeof objection === 'string') await this.#wait(operation, objection)
  }

  async #situation(operation: ChainOperation, call: Call, head: number): Promise<Situation> {
    const wallet = await ChainWallet.findOrFail(operation.walletId)
    const needed = call.allowance ?? 0n
    const [fees, cap, balance, allowance] = await Promise.all([
      this.rpc.fees(),
      maxFee(this.settings),
      wallet.owner === 'treasury' ? this.treasury.free() : this.rpc.balance(wallet.addressKey, head),
      needed > 0n ? this.usdt.allowance(wallet.address, call.to, head) : 0n,
    ])
    const [first] = stepsLeft({ allowance, needed })
    const gas = await this.#gas(wallet, this.#content(first, call), head)
    const facts: Facts = {
      ...{ fees, cap, balance, allowance, needed },
      approveGas: gas,
      actGas: first === 'act' ? gas : CALL_GAS,
    }
    return { operation, wallet, call, head, facts }
  }

  /** @throws CallReverted when the step would fail as things are now. */
  async #gas({ address }: ChainWallet, { to, data }: { to: string; data: string }, head: number) {
    return withReserve(await this.rpc.estimateGas({ from: address, to, data }, head))
  }

  #content(step: Step, call: Call) {
    if (step === 'act') return { to: call.to, data: call.data, kind: call.kind, amount: undefined }
    const amount = step === 'reset' ? 0n : call.allowance!
    return { to: this.usdt.address, data: this.usdt.approveData(call.to, amount), kind: 'approve' as const, amount }
  }

  async #send({ operation, wallet, call, head, facts }: Situation, step: Step, price: GasPrice) {
    const content = this.#content(step, call)
    const gasLimit = step === 'act' ? facts.actGas : facts.approveGas
    const amount = content.amount ?? operation.amount ?? undefined
    await this.book.open(wallet)
    await this.vault.withKey(wallet, { operation: operation.reference, step }, (signer) =>
      transaction(async (trx) => {
        const current = await this.operations.lockUnchanged(trx, operation)
        if (!current) return
        const reason = await this.handlers.of(current.kind).hold?.(trx)
        if (reason) return this.operations.move(trx, current, { to: 'needs_attention', reason, inMs: WAIT_MS })
        const draft = { ...content, operation: current, step, value: 0n, gasLimit, amount, price, head }
        await this.book.add(trx, wallet, signer, draft)
        await this.operations.move(trx, current, { to: step === 'act' ? 'act' : 'approve', inMs: LOOK_AGAIN_MS })
      })
    )
  }

  /**
   * What earlier operations of a customer's wallet have left, top-ups of it included: it is mined first, and known to
   * the node that is asked, since it changes what is to be done.
   */
  async #others({ id, walletId, chainId }: ChainOperation): Promise<ChainTx[]> {
    const { owner, addressKey } = await ChainWallet.findOrFail(walletId)
    if (owner === 'treasury') return []
    return ChainTx.query()
      .where('chainId', chainId)
      .whereNull('settledAt')
      .where((either) => either.where('fromKey', addressKey).orWhere('toKey', addressKey))
      .where((either) => either.whereNull('operationId').orWhereNot('operationId', id))
  }

  /**
   * It has succeeded for good, and the listener has read that block and has nothing of it left to confirm: it was
   * something else than what the operation was for.
   */
  async #lookForEvent(operation: ChainOperation, act: ChainTx) {
    const { chainId } = operation
    const cursors = await db.from('chain_cursors').where('chain_id', chainId).select('confirmed_block')
    const isRead = cursors.length > 0 && cursors.every((cursor) => cursor.confirmed_block >= act.blockNumber!)
    const parked = await db.from('chain_events').where({ chain_id: chainId, tx_hash: act.hash, status: 'seen' }).first()
    if (act.settledAt === null || !isRead || parked) return this.#later(operation, LOOK_AGAIN_MS)
    await this.#move(operation, { to: 'needs_attention', reason: 'no_event' })
  }

  #wait(operation: ChainOperation, reason: Objection) {
    if (reason === 'later') return this.#later(operation, SOON_MS)
    const isKnown = operation.status === 'needs_attention' && operation.reason === reason
    if (isKnown) return this.#later(operation, WAIT_MS)
    return this.#move(operation, { to: 'needs_attention', reason, inMs: WAIT_MS })
  }

  #reverted({ reference }: ChainOperation, head: number) {
    this.#reverts.set(reference, (this.#reverts.get(reference) ?? new Set()).add(head))
  }

  async #failed(operation: ChainOperation, error: unknown) {
    const failures = operation.failures + 1
    const inMs = Math.min(RETRY.firstMs * 2 ** operation.failures, RETRY.mostMs)
    const reverts = this.#reverts.get(operation.reference)?.size ?? 0
    if (error instanceof CallReverted && reverts >= MOST_REVERTS)
      return this.#move(operation, { to: 'failed', reason: 'reverted', detail: await this.words.explain(error) })
    if (error instanceof ChainUnavailable || error instanceof CallReverted)
      this.logger.info({ operation: operation.reference, err: error }, 'An operation waits for the chain')
    else this.logger.error({ operation: operation.reference, err: error }, 'A step of an operation failed')
    const isPuzzling = !(error instanceof ChainUnavailable) && failures >= MOST_FAILURES
    if (isPuzzling) return this.#move(operation, { to: 'needs_attention', reason: 'keeps_failing' })
    await this.#later(operation, inMs, failures)
  }

  /** Both do nothing when somebody has gone on meanwhile. */
  #later(operation: ChainOperation, inMs: number, failures?: number) {
    return transaction(async (trx) => {
      const current = await this.operations.lockUnchanged(trx, operation)
      if (current) await this.operations.postpone(trx, current, inMs, failures)
    })
  }

  #move(operation: ChainOperation, move: Move) {
    return transaction(async (trx) => {
      const current = await this.operations.lockUnchanged(trx, operation)
      if (current) await this.operations.move(trx, current, move)
    })
  }
}

const isInNoBlock = ({ status }: ChainTx) => status === 'signed' || status === 'broadcast'

/** It may still be mined, or what it has come to is not final. */
const isUnderway = (tx: ChainTx) => isInNoBlock(tx) || (tx.status === 'mined' && tx.hasFailed)

/** A node that has not come so far doesn't know what they have done. */
const lastBlockOf = (txs: ChainTx[]) => Math.max(0, ...txs.map(({ blockNumber }) => blockNumber ?? 0))
