import { inject } from '@adonisjs/core'
import { RaffleContract } from '#chain/contracts/raffle'
import type ChainOperation from '#chain/models/chain_operation'
import ChainWallet from '#chain/models/chain_wallet'
import type { Call, OperationHandler } from '#chain/operations/operation_handlers'
import { Alerts } from '#core/contracts/alerts'
import { Outbox } from '#core/contracts/outbox'
import type { Trx } from '#core/database/transaction'
import { formatMoney } from '#core/money/format_money'
import type { Result } from '#core/result'
import Customer from '#customers/models/customer'
import Raffle from '#raffles/models/raffle'
import { PrizeClaims } from '#raffles/prizes/prize_claims'

/** Asking the contract to pay a prize that waits in it, at the treasury's cost. The prize goes to its winner. */
@inject()
export class ClaimOperation implements OperationHandler {
  readonly kind = 'claim'

  constructor(
    private contract: RaffleContract,
    private claims: PrizeClaims,
    private alerts: Alerts,
    private outbox: Outbox
  ) {}

  /** Refuses as `PrizeClaims.check` does: somebody else may have claimed it meanwhile. */
  async check({ walletId, toKey }: ChainOperation, head: number): Promise<Result<unknown>> {
    const { address } = await ChainWallet.findOrFail(walletId)
    return this.claims.check(toKey!, address, head)
  }

  async call({ toKey }: ChainOperation): Promise<Call> {
    return { kind: 'claim', to: this.contract.address, data: await this.claims.encode(toKey!) }
  }

  async changed(trx: Trx, operation: ChainOperation) {
    if (!operation.isFinished) return
    const raffle = await Raffle.findOrFail(operation.subjectId, { client: trx })
    if (operation.status === 'failed') await this.#failed(trx, raffle, operation)
    else await this.#arrived(trx, raffle, operation)
  }

  /** Whoever asked is told, since nobody looks on. */
  async #failed(trx: Trx, { round }: Raffle, { reason, reference, money }: ChainOperation) {
    await this.alerts.announceIn(trx, {
      kind: 'chain',
      severity: 'warning',
      fingerprint: `raffle_claim:${reference}`,
      title: `The prize of round ${round} could not be paid: ${(reason ?? 'failed').replaceAll('_', ' ')}`,
      details: {
        amount: money ? formatMoney(money) : '',
        next: 'See the round’s page: it tells whether the prize still waits',
      },
    })
  }

  async #arrived(trx: Trx, { round, winnerCustomerId }: Raffle, { reference, money }: ChainOperation) {
    const winner = winnerCustomerId ? await Customer.findOrFail(winnerCustomerId, { client: trx }) : null
    if (!winner || winner.isAnonymised) return
    await this.outbox.write(trx, {
      type: 'RAFFLE',
      chatId: winner.telegramId,
      customerId: winner.id,
      template: 'raffle_news.paid',
      params: { amount: money!, round },
      buttons: [[{ action: 'wallet' }], [{ action: 'raffle' }]],
      dedupeKey: `raffle_paid:${reference}`,
    })
  }
}
