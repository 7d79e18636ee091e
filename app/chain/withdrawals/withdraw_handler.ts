import { inject } from '@adonisjs/core'
import { Usdt } from '#chain/contracts/usdt'
import type ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import ChainWallet from '#chain/models/chain_wallet'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import type { Call, OperationHandler } from '#chain/operations/operation_handlers'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { CallReverted } from '#chain/rpc/rpc_errors'
import type { OperationStatus, WithdrawalStatus } from '#chain/values'
import { withdrawalsEnabled } from '#chain/settings'
import { HeldUsdt } from '#chain/withdrawals/available'
import { Destinations } from '#chain/withdrawals/destinations'
import { Withdrawals } from '#chain/withdrawals/withdrawals'
import { Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import Customer from '#customers/models/customer'

/** What a withdrawal is while its operation is that; a person who must look changes nothing of it. */
const STATUS: Partial<Record<OperationStatus, WithdrawalStatus>> = {
  awaiting_confirmations: 'sent',
  confirmed: 'done',
  failed: 'failed',
}

/** Sends a customer's USDT to where they want it. */
@inject()
export class WithdrawHandler implements OperationHandler {
  readonly kind = 'withdraw'

  constructor(
    private usdt: Usdt,
    private rpc: ChainRpc,
    private held: HeldUsdt,
    private destinations: Destinations,
    private withdrawals: Withdrawals,
    private settings: Settings
  ) {}

  /**
   * Refuses `customer_banned`, `insufficient_usdt {available, needed}`, as Destinations does, `contract_paused`, or
   * `usdt_refused` when the contract has one of the two on its list.
   */
  async check(operation: ChainOperation, head: number): Promise<Result<unknown>> {
    const withdrawal = await ChainWithdrawal.findOrFail(operation.subjectId)
    const customer = await Customer.findOrFail(withdrawal.customerId)
    if (customer.isBanned) return refuse('customer_banned')
    const wallet = await ChainWallet.findOrFail(withdrawal.walletId)
    const { toAddress, money } = withdrawal
    const destination = await this.destinations.check(toAddress, wallet)
    if (!destination.ok) return destination
    const held = await this.held.of(wallet, head)
    if (held.compare(money) < 0) {
      return refuse('insufficient_usdt', { available: held.toDecimal(), needed: money.toDecimal() })
    }
    try {
      const data = this.usdt.transferData(toAddress, money.minor)
      await this.rpc.call({ from: wallet.address, to: this.usdt.address, data }, head)
      return ok()
    } catch (error) {
      if (error instanceof CallReverted) return this.#refusal(head)
      throw error
    }
  }

  /** The switch goes off when our books and the chain part: what is not signed by then stays here. */
  async hold(trx?: Trx) {
    const isOn = trx ? this.settings.getIn(trx, withdrawalsEnabled) : this.settings.get(withdrawalsEnabled)
    return (await isOn) ? null : 'withdrawals_off'
  }

  async call(operation: ChainOperation): Promise<Call> {
    const { toAddress, amount } = await ChainWithdrawal.findOrFail(operation.subjectId)
    return { kind: 'withdraw', to: this.usdt.address, data: this.usdt.transferData(toAddress, amount) }
  }

  async changed(trx: Trx, operation: ChainOperation) {
    const withdrawal = await this.withdrawals.lock(trx, operation.subjectId)
    const status = STATUS[operation.status] ?? 'sending'
    const { reason } = operation
    const isFailed = status === 'failed'
    await this.withdrawals.become(trx, withdrawal!, status, {
      reason: isFailed ? reason : null,
      txHash: status === 'sending' || isFailed ? null : await this.#hash(trx, operation),
    })
  }

  async #refusal(head: number) {
    return (await this.usdt.isPaused(head)) ? refuse('contract_paused') : refuse('usdt_refused')
  }

  async #hash(trx: Trx, { id }: ChainOperation) {
    const tx = await ChainTx.query({ client: trx })
      .where({ operationId: id, kind: 'withdraw' })
      .orderBy('id', 'desc')
      .first()
    return tx?.hash ?? null
  }
}
