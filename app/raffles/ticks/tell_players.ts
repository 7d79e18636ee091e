import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Outbox } from '#core/contracts/outbox'
import type { Tick } from '#core/contracts/ticks'
import { transaction, type Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import Raffle from '#raffles/models/raffle'

const AT_ONCE = 500
/** Nobody wants to hear of draws that were read long after they took place. */
const STALE_MS = 86_400_000

interface Player {
  id: number
  telegram_id: number
}

/** How a draw ended, for those who were in it and did not win; the winner has been told with it. */
@inject()
export class TellPlayers implements Tick {
  readonly name = 'raffles.tell_players'
  readonly everyMs = 5_000

  constructor(
    private clock: Clock,
    private outbox: Outbox
  ) {}

  async run(signal: AbortSignal) {
    const finished = await Raffle.query().where('status', 'finished').whereNull('notifiedAt').orderBy('id')
    for (const raffle of finished) {
      const isNews = this.clock.now() - raffle.finishedAt! < STALE_MS
      for (let after: number | null = isNews ? 0 : null; after !== null;) {
        if (signal.aborted) return
        after = await this.#tell(raffle, after)
      }
      await Raffle.query().where('id', raffle.id).update({ notifiedAt: this.clock.now() })
    }
  }

  /** Answers after whom to go on; null when all have been told. */
  #tell(raffle: Raffle, after: number): Promise<number | null> {
    return transaction(async (trx) => {
      const players = await this.#players(trx, raffle, after)
      await this.outbox.write(
        trx,
        players.map(({ id, telegram_id: chatId }) => ({
          type: 'RAFFLE',
          chatId,
          customerId: id,
          template: 'raffle_news.over',
          params: {
            prize: raffle.prizeMoney ?? Money.zero('USDT'),
            round: raffle.round,
            participants: raffle.participants,
          },
          buttons: [[{ action: 'raffle' }], [{ action: 'raffle_winners' }]],
          dedupeKey: `raffle_over:${raffle.id}:${id}`,
        }))
      )
      return players.length < AT_ONCE ? null : players.at(-1)!.id
    })
  }

  #players(trx: Trx, { id, winnerCustomerId }: Raffle, after: number): Promise<Player[]> {
    return trx
      .from('customers')
      .whereIn('id', (players) =>
        players
          .from('raffle_players')
          .where({ raffle_id: id, status: 'confirmed' })
          .whereNotNull('customer_id')
          .select('customer_id')
      )
      .where('id', '>', after)
      .whereNot('id', winnerCustomerId ?? 0)
      .whereNull('banned_at')
      .whereNull('anonymised_at')
      .orderBy('id')
      .limit(AT_ONCE)
      .select('id', 'telegram_id')
  }
}
