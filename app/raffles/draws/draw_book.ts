import { inject } from '@adonisjs/core'
import type ChainEvent from '#chain/models/chain_event'
import type ChainOperation from '#chain/models/chain_operation'
import { lockOperationOf } from '#chain/operations/operation_of_transaction'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import type { Trx } from '#core/database/transaction'
import Raffle from '#raffles/models/raffle'
import RaffleDraw from '#raffles/models/raffle_draw'

/** What became of draws that were asked for: the only writer of their status. */
@inject()
export class DrawBook {
  constructor(
    private clock: Clock,
    private alerts: Alerts
  ) {}

  /** The contract waits for randomness. Who asked may have been somebody else: ours then fails by itself. */
  async requested(trx: Trx, raffle: Raffle, { txHash }: ChainEvent) {
    const operation = await lockOperationOf(trx, txHash)
    if (!operation) return
    await this.#open(trx, raffle).where('operationId', operation.id).update({ status: 'requested', txHash })
  }

  async done(trx: Trx, raffle: Raffle) {
    await this.#open(trx, raffle).where('status', 'requested').update({ status: 'done', finishedAt: this.clock.now() })
  }

  /** Whoever asked is told, since nobody looks on. */
  async failed(trx: Trx, operation: ChainOperation) {
    const draw = await RaffleDraw.query({ client: trx }).where('operationId', operation.id).forUpdate().firstOrFail()
    if (draw.finishedAt !== null) return
    const reason = (operation.reason ?? 'failed').slice(0, 40)
    await draw.merge({ status: 'failed', reason, finishedAt: this.clock.now() }).save()
    const raffle = await Raffle.findOrFail(draw.raffleId, { client: trx })
    await this.alerts.announceIn(trx, {
      kind: 'chain',
      severity: 'warning',
      fingerprint: `raffle_draw:${draw.reference}`,
      title: `The draw of round ${raffle.round} failed: ${reason.replaceAll('_', ' ')}`,
      details: { 'asked for by': draw.requestedByName, next: 'See the round’s page, then draw again' },
    })
  }

  #open(trx: Trx, { id }: Raffle) {
    return RaffleDraw.query({ client: trx }).where('raffleId', id).whereNull('finishedAt')
  }
}
