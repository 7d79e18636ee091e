import { inject } from '@adonisjs/core'
import { CreateWallet } from '#chain/actions/create_wallet'
import { Usdt } from '#chain/contracts/usdt'
import type ChainWallet from '#chain/models/chain_wallet'
import { Operations } from '#chain/operations/operations'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { allOrNothing } from '#core/database/all_or_nothing'
import type { Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { newReference } from '#core/reference'
import { ok, refuse, type Result } from '#core/result'
import Customer from '#customers/models/customer'
import { RaffleReader } from '#raffles/contract/raffle_reader'
import { EntryProgress } from '#raffles/entries/entry_progress'
import { EntryRules } from '#raffles/entries/entry_rules'
import RaffleEntry from '#raffles/models/raffle_entry'
import { RaffleSwitch } from '#raffles/raffle_switch'
import type { EntrySource } from '#raffles/values'

export interface EnterRaffleInput {
  /** Idempotency key, up to 160 characters: the same key again is the same entry. */
  key: string
  customerId: number
  source: EntrySource
  /** What they were shown, in minor units: nothing else is taken. */
  fee?: bigint
  /** A message of the bot that shows the entry from now on and is edited as it goes on. */
  messageId?: number | null
  actor: Actor
}

/**
 * Wants a customer in the raffle: makes their wallet if there is none, looks at the chain, and hands the entry over to
 * the sender. Money leaves the wallet later, by the contract. The same key again answers the entry it made.
 *
 * Refuses with `customer_not_found`, `idempotency_conflict`, `raffle_off`, `customer_banned`,
 * `entry_in_progress {reference}`, `already_entered {limit}`, `raffle_not_open`, `raffle_paused`,
 * `insufficient_usdt {available, needed}`, `fee_changed {fee}`, `chain_unavailable`, or as `CreateWallet` and
 * `Operations.begin` do.
 */
@inject()
export class EnterRaffle {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private raffle: RaffleSwitch,
    private rules: EntryRules,
    private wallets: CreateWallet,
    private reader: RaffleReader,
    private usdt: Usdt,
    private operations: Operations,
    private progress: EntryProgress
  ) {}

  async run(input: EnterRaffleInput): Promise<Result<RaffleEntry>> {
    const earlier = await RaffleEntry.findBy('key', input.key)
    if (earlier) return sameEntry(earlier, input)
    const admitted = await this.rules.admit(input.customerId)
    if (!admitted.ok) return admitted
    const wallet = await this.wallets.run({ customerId: input.customerId, actor: input.actor })
    if (!wallet.ok) return wallet
    const fee = await this.#fee(wallet.value)
    if (!fee.ok) return fee
    if (input.fee !== undefined && input.fee !== fee.value) return refuse('fee_changed', { fee: decimal(fee.value) })
    return allOrNothing((trx) => this.#enter(trx, input, wallet.value, fee.value))
  }

  /** What the contract takes now, once it is sure that it would and that the wallet has it. */
  async #fee({ address }: ChainWallet): Promise<Result<bigint>> {
    try {
      const [now, available] = await Promise.all([this.reader.now(), this.usdt.balance(address)])
      if (now.isPaused) return refuse('raffle_paused')
      if (!now.isOpen) return refuse('raffle_not_open')
      if (available >= now.fee) return ok(now.fee)
      return refuse('insufficient_usdt', { available: decimal(available), needed: decimal(now.fee) })
    } catch (error) {
      if (error instanceof ChainUnavailable) return refuse('chain_unavailable')
      throw error
    }
  }

  /** Locks the customer, so that two taps come one after the other. */
  async #enter(trx: Trx, input: EnterRaffleInput, wallet: ChainWallet, fee: bigint): Promise<Result<RaffleEntry>> {
    const customer = await Customer.query({ client: trx }).where('id', input.customerId).forUpdate().firstOrFail()
    const earlier = await RaffleEntry.query({ client: trx }).where('key', input.key).first()
    if (earlier) return sameEntry(earlier, input)
    const admitted = await this.rules.admit(customer.id, trx)
    if (!admitted.ok) return admitted

    const entry = await this.#create(trx, input, wallet, fee)
    const operation = await this.operations.begin(trx, {
      key: `raffle_entry:${entry.id}`,
      kind: 'enter',
      walletId: wallet.id,
      customerId: customer.id,
      amount: fee,
      to: this.raffle.contract,
      subject: { type: 'raffle_entry', id: entry.id },
    })
    if (!operation.ok) return operation
    await entry.merge({ operationId: operation.value.id }).save()
    await this.progress.tell(trx, entry, operation.value)
    if (input.actor.type === 'admin') await this.#record(trx, entry, input.actor)
    return ok(entry)
  }

  async #create(trx: Trx, { key, source, messageId }: EnterRaffleInput, wallet: ChainWallet, fee: bigint) {
    const now = this.clock.now()
    const entry = await RaffleEntry.create(
      {
        reference: newReference(),
        key,
        customerId: wallet.customerId!,
        walletId: wallet.id,
        fee,
        source,
        status: 'pending',
        messageId: messageId ?? null,
        createdAt: now,
        updatedAt: now,
      },
      { client: trx }
    )
    return entry.refresh()
  }

  #record(trx: Trx, entry: RaffleEntry, actor: Actor) {
    return this.audit.record(trx, {
      actor,
      action: 'raffle_entry.requested',
      subjectType: 'customer',
      subjectId: entry.customerId,
      after: { reference: entry.reference, fee: entry.money.toDecimal() },
    })
  }
}

const sameEntry = (entry: RaffleEntry, { customerId }: EnterRaffleInput): Result<RaffleEntry> =>
  entry.customerId === customerId ? ok(entry) : refuse('idempotency_conflict')

const decimal = (minor: bigint) => Money.of(minor, 'USDT').toDecimal()
