import { inject } from '@adonisjs/core'
import type ChainEvent from '#chain/models/chain_event'
import { Alerts } from '#core/contracts/alerts'
import { IntegrationEvents } from '#core/contracts/integration_events'
import { Outbox } from '#core/contracts/outbox'
import type { Trx } from '#core/database/transaction'
import { formatMoney } from '#core/money/format_money'
import { Money } from '#core/money/money'
import Customer from '#customers/models/customer'
import type Raffle from '#raffles/models/raffle'

/** Who hears at once that somebody has won: the winner, the admins and programs of others. */
@inject()
export class WinnerNews {
  constructor(
    private outbox: Outbox,
    private alerts: Alerts,
    private integrations: IntegrationEvents
  ) {}

  async tell(trx: Trx, raffle: Raffle, event: ChainEvent) {
    const winner = raffle.winnerCustomerId ? await Customer.findOrFail(raffle.winnerCustomerId, { client: trx }) : null
    if (winner) await this.#winner(trx, raffle, winner)
    await this.#admins(trx, raffle, event, winner)
    await this.#programs(trx, raffle, event, winner)
  }

  async #winner(trx: Trx, raffle: Raffle, winner: Customer) {
    await this.outbox.write(trx, {
      type: 'RAFFLE',
      chatId: winner.telegramId,
      customerId: winner.id,
      template: 'raffle_news.won',
      params: { prize: prizeOf(raffle), round: raffle.round, participants: raffle.participants },
      buttons: [[{ action: 'wallet' }], [{ action: 'raffle' }]],
      dedupeKey: `raffle_won:${raffle.id}`,
    })
  }

  async #admins(trx: Trx, raffle: Raffle, event: ChainEvent, winner: Customer | null) {
    await this.alerts.announceIn(trx, {
      kind: 'chain',
      severity: 'info',
      fingerprint: `raffle_won:${raffle.reference}`,
      title: `Round ${raffle.round} of the raffle is drawn: ${formatMoney(prizeOf(raffle))}`,
      details: {
        winner: winner?.displayName ?? 'nobody of our customers',
        address: event.args.winner,
        participants: raffle.participants,
      },
    })
  }

  async #programs(trx: Trx, raffle: Raffle, event: ChainEvent, winner: Customer | null) {
    await this.integrations.emit(trx, {
      name: 'raffle.winner_picked',
      key: `raffle:${raffle.id}:winner`,
      data: {
        raffle_id: raffle.reference,
        round: raffle.round,
        participants: raffle.participants,
        prize: prizeOf(raffle).toDecimal(),
        currency: 'USDT',
        winner_address: event.args.winner,
        tg_id: winner?.telegramId ?? null,
        tx_hash: event.txHash,
        block_number: event.blockNumber,
      },
    })
  }
}

const prizeOf = ({ prizeMoney }: Raffle) => prizeMoney ?? Money.zero('USDT')
