import { inject } from '@adonisjs/core'
import { Usdt } from '#chain/contracts/usdt'
import { RaffleContract } from '#chain/contracts/raffle'
import type ChainOperation from '#chain/models/chain_operation'
import ChainWallet from '#chain/models/chain_wallet'
import type { Call, OperationHandler } from '#chain/operations/operation_handlers'
import type { Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'
import Customer from '#customers/models/customer'
import { RaffleReader } from '#raffles/contract/raffle_reader'
import { EntryBook } from '#raffles/entries/entry_book'

/** Entering: the contract takes the fee that was approved, exactly. */
@inject()
export class EnterOperation implements OperationHandler {
  readonly kind = 'enter'

  constructor(
    private contract: RaffleContract,
    private reader: RaffleReader,
    private usdt: Usdt,
    private book: EntryBook
  ) {}

  /** Refuses with `customer_banned`, `raffle_paused`, `raffle_not_open`, `fee_changed` or `insufficient_usdt`. */
  async check({ walletId, amount, customerId }: ChainOperation, head: number): Promise<Result<unknown>> {
    const customer = await Customer.findOrFail(customerId!)
    if (customer.isBanned) return refuse('customer_banned')
    const { address } = await ChainWallet.findOrFail(walletId)
    const [now, available] = await Promise.all([this.reader.now(head), this.usdt.balance(address, head)])
    if (now.isPaused) return refuse('raffle_paused')
    if (!now.isOpen) return refuse('raffle_not_open')
    if (now.fee !== amount) return refuse('fee_changed', { fee: decimal(now.fee) })
    if (available < now.fee)
      return refuse('insufficient_usdt', { available: decimal(available), needed: decimal(now.fee) })
    return ok()
  }

  async call({ amount }: ChainOperation): Promise<Call> {
    return {
      kind: 'enter',
      to: this.contract.address,
      data: await this.contract.encode('enterRaffle'),
      allowance: amount!,
    }
  }

  /** That it is in for good is told with its event. */
  async changed(trx: Trx, operation: ChainOperation) {
    const entry = await this.book.ofOperation(trx, operation)
    if (operation.status === 'failed') await this.book.failed(trx, entry, operation.reason ?? 'failed')
    else if (operation.status !== 'confirmed') await this.book.goesOn(trx, entry, operation)
  }
}

const decimal = (minor: bigint) => Money.of(minor, 'USDT').toDecimal()
