import { inject } from '@adonisjs/core'
import ChainOperation from '#chain/models/chain_operation'
import type ChainWallet from '#chain/models/chain_wallet'
import { Operations } from '#chain/operations/operations'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import { Treasury } from '#chain/treasury/treasury'
import { Audit, type Actor } from '#core/contracts/audit'
import { allOrNothing } from '#core/database/all_or_nothing'
import type { Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { refuse, type Result } from '#core/result'
import Raffle from '#raffles/models/raffle'
import { PrizeClaims } from '#raffles/prizes/prize_claims'
import { RaffleSwitch } from '#raffles/raffle_switch'
import { Rounds } from '#raffles/rounds/rounds'

/**
 * Has the treasury ask the contract to pay a prize that it could not pay when it was won. What is owed is paid also
 * while the raffle is switched off. Refuses with `raffle_off` (no chain), `prize_elsewhere` (of another contract),
 * `claim_in_progress {reference}`, `chain_unavailable`, or as `PrizeClaims.check` and `Operations.begin` do.
 */
@inject()
export class PayPrize {
  constructor(
    private audit: Audit,
    private raffle: RaffleSwitch,
    private rounds: Rounds,
    private claims: PrizeClaims,
    private treasury: Treasury,
    private operations: Operations
  ) {}

  async run({ raffleId, actor }: { raffleId: number; actor: Actor }): Promise<Result<ChainOperation>> {
    if (!this.raffle.isConfigured) return refuse('raffle_off')
    const round = await Raffle.findOrFail(raffleId)
    const { winnerKey } = round
    if (!this.rounds.isOfContract(round)) return refuse('prize_elsewhere')
    if (winnerKey === null) return refuse('nothing_to_claim')
    const treasury = await this.treasury.wallet()
    const waiting = await this.#waiting(winnerKey, treasury)
    if (!waiting.ok) return waiting
    return allOrNothing((trx) => this.#begin(trx, { raffleId, winnerKey, treasury, amount: waiting.value, actor }))
  }

  async #waiting(winner: string, { address }: ChainWallet): Promise<Result<bigint>> {
    try {
      return await this.claims.check(winner, address)
    } catch (error) {
      if (error instanceof ChainUnavailable) return refuse('chain_unavailable')
      throw error
    }
  }

  /** The round's lock makes two taps one after the other; the treasury's, taken by `begin`, two rounds of one winner. */
  async #begin(trx: Trx, { raffleId, winnerKey, treasury, amount, actor }: Claim): Promise<Result<ChainOperation>> {
    const round = await this.rounds.lock(trx, raffleId)
    const open = await claimsTo(trx, winnerKey).whereNull('finishedAt').first()
    if (open) return refuse('claim_in_progress', { reference: open.reference })
    const earlier = await claimsTo(trx, winnerKey)
    const operation = await this.operations.begin(trx, {
      key: `raffle_claim:${winnerKey}:${earlier.length + 1}`,
      kind: 'claim',
      walletId: treasury.id,
      customerId: null,
      amount,
      to: winnerKey,
      subject: { type: 'raffle', id: round.id },
    })
    if (!operation.ok) return operation
    await this.audit.record(trx, {
      actor,
      action: 'raffle_prize.claimed',
      subjectType: 'raffle',
      subjectId: round.id,
      after: {
        round: round.round,
        winner: winnerKey,
        amount: Money.of(amount, 'USDT').toDecimal(),
        operation: operation.value.reference,
      },
    })
    return operation
  }
}

interface Claim {
  raffleId: number
  winnerKey: string
  treasury: ChainWallet
  /** Minor units of USDT. */
  amount: bigint
  actor: Actor
}

const claimsTo = (trx: Trx, winnerKey: string) =>
  ChainOperation.query({ client: trx }).where({ kind: 'claim', toKey: winnerKey })
